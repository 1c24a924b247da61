import { csv } from '../../../kit/words.ts';
import type { Entry } from '../business/journey.ts';
import { STAGES } from '../business/stages.ts';
import { formerName } from '../crm/stage-names.ts';
import { type Dated, momentText, nightly, type Output, whole } from './output.ts';

/** Who came into which stage, and when; and the stages. */
export async function writeHistory(output: Output): Promise<void> {
  const { company, rows } = output;
  const changes = [
    ...company.leads.flatMap(({ id, entries }) => changesOf(output, 'Lead', id, entries)),
    ...company.deals.flatMap(({ id, entries }) => changesOf(output, 'Deal', id, entries)),
  ];
  rows.stage_history = changes.length;
  rows.stages = STAGES.length;
  await nightly(output, 'exports/crm/stage_changes_{date}.csv', 'Kind,Record,Stage,At,Reason', changes);
  await whole(output, 'exports/crm/stages.csv', stageLines());
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
      const name = formerName(company, stage, at) ?? STAGES.find((each) => each.id === stage)?.name ?? stage;
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
