import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeRows } from '../../authoring/cases/given-rows.ts';
import { inlineTable } from '../../authoring/cases/inline-tables.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { runs } from '../kit/runs.ts';
import { testEngine } from '../kit/test-engine.ts';

// Every stay is told by the SQL with window functions, and here by walking along each record's events.
const catalogue = loadCatalogue();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

interface Event {
  readonly kind: 'lead' | 'deal';
  readonly record_id: string;
  readonly stage_id: string;
  readonly entered_at: string;
}

interface Stay {
  readonly kind: string;
  readonly record_id: string;
  readonly stage_id: string;
  readonly entered_on: string;
  readonly left_on: string | null;
  readonly next_outcome: string | null;
}

const stages = [
  { stage_id: 'new', name: 'New', step: 1, outcome: 'open' },
  { stage_id: 'demo', name: 'Demo', step: 2, outcome: 'open' },
  { stage_id: 'offer', name: 'Offer', step: 3, outcome: 'open' },
  { stage_id: 'lost', name: 'Lost', outcome: 'lost' },
  { stage_id: 'won', name: 'Won', outcome: 'won' },
];
const outcomeOf = (id: string): string => stages.find(({ stage_id }) => stage_id === id)?.outcome ?? 'open';
/** Of stages at one instant the earlier in the pipeline comes first; one that nobody listed before all. */
const placeOf = (id: string): number => stages.findIndex(({ stage_id }) => stage_id === id);

const sameRecord = (one: Event, other: Event): boolean =>
  one.kind === other.kind && one.record_id === other.record_id;
const dayOf = ({ entered_at }: Event): string => entered_at.slice(0, 10);

/** The stays of each record, as somebody who reads its history aloud would tell them. */
function plainStays(events: readonly Event[]): Stay[] {
  const sorted = events.toSorted((a, b) =>
    a.entered_at === b.entered_at
      ? placeOf(a.stage_id) - placeOf(b.stage_id)
      : a.entered_at < b.entered_at
        ? -1
        : 1,
  );
  const stays: { event: Event; next: Event | undefined }[] = [];
  for (const event of sorted) {
    const open = stays.findLast((stay) => sameRecord(stay.event, event));
    if (open?.event.stage_id === event.stage_id) continue;
    if (open) open.next = event;
    stays.push({ event, next: undefined });
  }
  return stays.map(({ event, next }) => ({
    ...{ kind: event.kind, record_id: event.record_id, stage_id: event.stage_id, entered_on: dayOf(event) },
    left_on: next ? dayOf(next) : null,
    next_outcome: next ? outcomeOf(next.stage_id) : null,
  }));
}

async function sqlStays(events: readonly Event[]): Promise<Stay[]> {
  const { tables } = catalogue;
  const context = { tables, currency: 'EUR', timeZone: 'UTC', asOf: '2026-03-31' };
  const given = completeRows({ stages, stage_history: events.map((event) => ({ ...event })) }, context);
  const viewSql = (wanted: string) => catalogue.views.find(({ name }) => name === wanted)?.sql;
  const inline = (['stage_history', 'stages', 'leads', 'deals'] as const).map(
    (name) => `${name} AS (SELECT * FROM ${inlineTable(tables.table(name), given.get(name) ?? [])} v)`,
  );
  const rows = await queryRows(
    engine,
    `WITH ${inline.join(',\n')},\nknown_stages AS (${viewSql('known_stages')}),\nstage_stays AS (${viewSql('stage_stays')})
    SELECT kind, record_id, stage_id, CAST(entered_on AS varchar) AS entered_on, CAST(left_on AS varchar) AS left_on, next_outcome
    FROM stage_stays`,
    { label: 'stays' },
  );
  return rows as unknown as Stay[];
}

const event: fc.Arbitrary<Event> = fc.record({
  kind: fc.constantFrom('lead', 'deal'),
  record_id: fc.constantFrom('A', 'B'),
  stage_id: fc.constantFrom('new', 'demo', 'offer', 'won', 'lost', 'unlisted'),
  entered_at: fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.constantFrom('00:00:00', '12:00:00', '23:59:59'))
    .map(([day, time]) => `2026-03-0${day}T${time}Z`),
});
const histories = fc.uniqueArray(event, {
  minLength: 1,
  maxLength: 24,
  selector: (each) => Object.values(each).join(' '),
});
const lines = (stays: readonly Stay[]): string[] =>
  stays
    .map((stay) =>
      [stay.kind, stay.record_id, stay.stage_id, stay.entered_on, stay.left_on, stay.next_outcome].join(' '),
    )
    .sort();

test('stays are those of the events in order, in whatever order they were delivered', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (events) => {
      expect(lines(await sqlStays(events))).toEqual(lines(plainStays(events)));
    }),
    { numRuns: runs(40) },
  );
});

test('of each stage: entered = left for another + lost + still there', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (events) => {
      const stays = await sqlStays(events);
      for (const stage of ['new', 'demo', 'offer', 'unlisted']) {
        const of = stays.filter(({ stage_id }) => stage_id === stage);
        const lost = of.filter(({ next_outcome }) => next_outcome === 'lost').length;
        const left = of.filter(({ next_outcome }) => next_outcome !== null && next_outcome !== 'lost').length;
        const records = new Set(events.map(({ kind, record_id }) => `${kind} ${record_id}`));
        // Who is still there is seen from the events alone: the last one of a record says where it is.
        const there = [...records].filter((record) => {
          const own = plainStays(events.filter((each) => `${each.kind} ${each.record_id}` === record));
          return own.at(-1)?.stage_id === stage;
        }).length;
        expect(of.length).toBe(left + lost + there);
      }
    }),
    { numRuns: runs(40) },
  );
});
