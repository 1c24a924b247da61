import { csv } from '../../../kit/words.ts';
import { type Dated, dateText, momentText, nightly, type Output, whole } from './output.ts';

/** What users do, touchpoints, referrals, co-innovation. */
export async function writeDoings(output: Output): Promise<void> {
  await writeActivity(output);
  await writeTouchpoints(output);
  const { company, rows } = output;
  const referred = company.leads.flatMap(({ id, referredBy, createdAt }): Dated[] =>
    referredBy === null
      ? []
      : [{ day: createdAt.day, line: csv(',', id, referredBy, dateText(company, createdAt.day)) }],
  );
  rows.referrals = referred.length;
  await nightly(output, 'exports/crm/referrals_{date}.csv', 'Lead,Customer,Received', referred);
  rows.innovation_participations = company.participations.length;
  await whole(output, 'exports/crm/co_innovation.csv', [
    'Day,Customer,Kind',
    ...company.participations.map(({ day, customer, kind }) =>
      csv(',', dateText(company, day), customer, kind),
    ),
  ]);
}

/** Who has a licence. */
export async function writeUsers(output: Output): Promise<void> {
  const { company, rows } = output;
  const { users } = company.team;
  const day = (index: number | null) => dateText(company, index);
  await whole(output, 'exports/crm/users.csv', [
    'User,Team,From,Until',
    ...users.map(({ id, team, from, until }) => csv(',', id, team, day(from), day(until))),
  ]);
  rows.crm_users = users.length;
}

async function writeActivity(output: Output): Promise<void> {
  const { company, rows } = output;
  const day = (index: number | null) => dateText(company, index);
  const worked = company.activity.map((done) => ({
    day: done.day,
    line: csv(',', done.user, day(done.day), String(done.records)),
  }));
  rows.crm_activity = worked.length;
  await nightly(output, 'exports/crm/activity_{date}.csv', 'User,Day,Records', worked);
}

async function writeTouchpoints(output: Output): Promise<void> {
  const { company, rows } = output;
  const touches = company.leads.flatMap((lead) =>
    lead.touches
      .filter(({ at }) => at.day <= company.last)
      .map(({ at, kind, channel, campaign }, place) => ({
        day: at.day,
        line: csv(',', `${lead.id}-${place + 1}`, momentText(company, at), kind, channel, campaign, lead.id),
      })),
  );
  rows.touchpoints = touches.length;
  await nightly(output, 'exports/crm/touchpoints_{date}.csv', 'Id,At,Kind,Channel,Campaign,Lead', touches);
}
