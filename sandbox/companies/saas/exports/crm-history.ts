import { csv } from '../../../kit/words.ts';
import type { Entry } from '../business/journey.ts';
import { MILESTONES, OLD_NAME_OF_TRIAL, STAGES } from '../business/stages.ts';
import { type Dated, dateText, momentText, nightly, type Output, whole } from './output.ts';

/** So many days before the last, the pilot was renamed to trial; the CRM, which knows only names, did not rename its past. */
const RENAMED_DAYS_BACK = 200;

/** Who came into which stage, and when; the stages and what they ask for; trials. */
export async function writeHistory(output: Output): Promise<void> {
  const { company, rows } = output;
  const { leads, deals, last } = company;
  const changes = [
    ...leads.flatMap(({ id, entries }) => changesOf(output, 'Lead', id, entries)),
    ...deals.flatMap(({ id, entries }) => changesOf(output, 'Deal', id, entries)),
  ];
  rows.stage_history = changes.length;
  await nightly(output, 'exports/crm/stage_changes_{date}.csv', 'Kind,Record,Stage,At,Reason', changes);
  await whole(output, 'exports/crm/stages.csv', stageLines());
  await whole(output, 'exports/crm/milestones.csv', milestoneLines());
  rows.stages = STAGES.length;
  rows.milestones = MILESTONES.length;
  const validated = deals.flatMap(({ id, milestones }) =>
    milestones
      .filter(({ at }) => at.day <= last)
      .map(({ id: milestone, at }) => ({
        day: at.day,
        line: csv(',', milestone, id, momentText(company, at)),
      })),
  );
  rows.milestone_validations = validated.length;
  await nightly(output, 'exports/crm/checklist_{date}.csv', 'Milestone,Deal,Checked', validated);
  await writeTrials(output);
}

function changesOf(
  { company }: Output,
  kind: 'Lead' | 'Deal',
  id: string,
  entries: readonly Entry<string>[],
): Dated[] {
  return entries
    .filter(({ at }) => at.day <= company.last)
    .map(({ stage, at, reason }) => {
      const old = stage === 'trial' && at.day < company.last - RENAMED_DAYS_BACK;
      const name = old ? OLD_NAME_OF_TRIAL : (STAGES.find((each) => each.id === stage)?.name ?? stage);
      return { day: at.day, line: csv(',', kind, id, name, momentText(company, at), reason) };
    });
}

function* stageLines(): Generator<string> {
  yield 'Id,Pipeline,Order,Name,Probability,Outcome';
  for (const { id, pipeline, step, name, probability, outcome } of STAGES)
    yield csv(
      ',',
      id,
      pipeline,
      text(step),
      name,
      probability === null ? null : text(probability / 100),
      outcome,
    );
}

const text = (value: number | null): string | null => (value === null ? null : String(value));

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
