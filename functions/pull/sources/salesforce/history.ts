import { requireThere } from '../../api/kit/there.ts';
import { own } from '../../api/own.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import { isoInstant } from '../../api/values.ts';
import type { Settings } from './settings.ts';

/** A stage or status from an instant on. */
export interface Stay {
  readonly stage: string;
  readonly at: string;
  readonly basis: 'history' | 'seen';
}

/** An id of 15 or 18 characters. */
export const salesforceId = /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/;

/** What a stage is called now: Salesforce's history keeps the name of the day. */
export const nameNow = (name: string, { renamed }: Settings): string => own(renamed, name) ?? name;

/** Lead statuses have names of their own beside the stages of opportunities. */
export const leadStage = (status: string): string => `lead:${status}`;

const earlier = (a: { readonly at: string }, b: { readonly at: string }): number =>
  a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
const changes = (stays: readonly Stay[]): Stay[] =>
  stays.filter(({ stage }, index) => stage !== stays[index - 1]?.stage);

/**
 * The statuses of a lead. Field history tells changes alone: what it was at first is the old value of the first one. A status that the history does not
 * end in was changed while nobody tracked it: it is one that was seen.
 */
export function statusesOf(record: RecordReader, settings: Settings): Stay[] {
  const now = nameNow(record.text('Status'), settings);
  const modified = record.as('SystemModstamp', isoInstant);
  if (settings.lead_history === 'none') return [{ stage: now, at: modified, basis: 'seen' }];
  const rows = record
    .records('Histories')
    .map((row) => {
      requireThere(row, ['OldValue', 'NewValue']);
      const [from, to] = [row.textOrNull('OldValue'), row.textOrNull('NewValue')];
      return { at: row.as('CreatedDate', isoInstant), from, to };
    })
    .sort(earlier);
  const first = rows.find(({ from }) => from !== null)?.from ?? rows[0]?.to ?? now;
  const named = (stage: string, at: string): Stay => ({
    stage: nameNow(stage, settings),
    at,
    basis: 'history',
  });
  const all = [
    named(first, record.as('CreatedDate', isoInstant)),
    ...rows.flatMap(({ at, to }) => (to === null ? [] : [named(to, at)])),
  ];
  if (all.at(-1)?.stage !== now) all.push({ stage: now, at: modified, basis: 'seen' });
  return changes(all);
}

/** The stages of an opportunity: its history has a row from its creation on, and one for each change of stage, amount or date. */
export function stagesOf(record: RecordReader, settings: Settings): Stay[] {
  const rows = record
    .records('OpportunityHistories')
    .map(
      (row): Stay => ({
        stage: nameNow(row.text('StageName'), settings),
        at: row.as('CreatedDate', isoInstant),
        basis: 'history',
      }),
    )
    .sort(earlier);
  if (rows.length > 0) return changes(rows);
  const stage = nameNow(record.text('StageName'), settings);
  return [{ stage, at: record.as('SystemModstamp', isoInstant), basis: 'seen' }];
}
