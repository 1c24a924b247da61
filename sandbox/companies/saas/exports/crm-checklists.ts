import { csv } from '../../../kit/words.ts';
import { MILESTONES } from '../business/stages.ts';
import { type Dated, dateText, momentText, nightly, type Output, whole } from './output.ts';

/** What a stage asks for, and when it was met; trials. */
export async function writeChecklists(output: Output): Promise<void> {
  const { company, rows } = output;
  await whole(output, 'exports/crm/milestones.csv', milestoneLines());
  rows.milestones = MILESTONES.length;
  const validated = company.deals.flatMap(({ id, milestones }) =>
    milestones
      .filter(({ at }) => at.day <= company.last)
      .map(({ id: milestone, at }) => ({
        day: at.day,
        line: csv(',', milestone, id, momentText(company, at)),
      })),
  );
  rows.milestone_validations = validated.length;
  await nightly(output, 'exports/crm/checklist_{date}.csv', 'Milestone,Deal,Checked', validated);
  await writeTrials(output);
}

function* milestoneLines(): Generator<string> {
  yield 'Id,Stage,Name';
  for (const { id, stage, name } of MILESTONES) yield csv(',', id, stage, name);
}

/** A trial is agreed for three weeks. */
const TRIAL_DAYS = 21;

/** A line when it begins, and one when the deal ends. */
async function writeTrials(output: Output): Promise<void> {
  const { company } = output;
  const { last } = company;
  let begun = 0;
  const lines = company.deals.flatMap((deal): Dated[] => {
    const trial = deal.entries.find(({ stage }) => stage === 'trial');
    if (!trial || trial.at.day > last || deal.removal) return [];
    begun += 1;
    const end = deal.entries.at(-1);
    const isPaid = end?.stage === 'won';
    const line = (known: boolean): string =>
      csv(
        ',',
        ...[
          `T${deal.id.slice(1)}`,
          deal.leadId,
          momentText(company, trial.at),
          dateText(company, trial.at.day + TRIAL_DAYS),
        ],
        deal.prospect.industry,
        ...(known && end
          ? [isPaid ? dateText(company, end.at.day) : null, isPaid ? null : dateText(company, end.at.day)]
          : [null, null]),
        known ? (end?.reason ?? null) : null,
      );
    return end && end.at.day <= last
      ? [
          { day: trial.at.day, line: line(false) },
          { day: end.at.day, line: line(true) },
        ]
      : [{ day: trial.at.day, line: line(false) }];
  });
  output.rows.trials = begun;
  await nightly(
    output,
    'exports/crm/trials_{date}.csv',
    'Id,Lead,Started,Ends,Industry,Paid,Lost,Reason',
    lines,
  );
}
