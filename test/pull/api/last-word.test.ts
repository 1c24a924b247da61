import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../functions/lake/values/day.ts';
import { runs } from '../../kit/runs.ts';
import { madeUp } from './made-up-source.ts';
import { type MadeUpVendor, madeUpVendor, TOKEN } from './made-up-vendor.ts';
import { fakeWeb } from './web.ts';
import { type ApiWorld, apiWorld, sourceOf } from './world.ts';

/** What may happen between two mornings. */
type Event =
  | { readonly what: 'order'; readonly id: number; readonly lines: readonly number[] }
  | { readonly what: 'delete'; readonly id: number }
  /** The vendor restates a day of the last three, or empties it. */
  | { readonly what: 'restate'; readonly daysAgo: number; readonly campaigns: readonly number[] }
  /** The pull dies when this many requests were answered. */
  | { readonly what: 'die'; readonly after: number }
  /** It is pulled and loaded although nothing is new. */
  | { readonly what: 'again' }
  | { readonly what: 'cut-short' };

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    what: fc.constant('order' as const),
    id: fc.integer({ min: 1, max: 5 }),
    lines: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ what: fc.constant('delete' as const), id: fc.integer({ min: 1, max: 5 }) }),
  fc.record({
    what: fc.constant('restate' as const),
    daysAgo: fc.integer({ min: 0, max: 2 }),
    campaigns: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
  }),
  fc.record({ what: fc.constant('die' as const), after: fc.integer({ min: 0, max: 12 }) }),
  fc.constant({ what: 'again' as const }),
  fc.constant({ what: 'cut-short' as const }),
);

const mornings = fc.array(fc.array(event, { maxLength: 4 }), { minLength: 1, maxLength: 4 });

class Died extends Error {}

test('whatever is restated, deleted, re-sent, interrupted or repeated, the lake ends with the vendor’s last word', async () => {
  await fc.assert(fc.asyncProperty(mornings, fc.integer({ min: 1, max: 3 }), liveThrough), {
    numRuns: runs(12),
    endOnFailure: true,
  });
});

async function liveThrough(days: readonly (readonly Event[])[], pageSize: number): Promise<void> {
  const vendor = madeUpVendor();
  vendor.pageSize = pageSize;
  let left = Number.POSITIVE_INFINITY;
  const web = fakeWeb((request, url) => {
    if (left-- <= 0) throw new Died();
    return vendor.answer(request, url);
  });
  const world = apiWorld(web.http, { 'made-up': JSON.stringify({ token: TOKEN }) });
  try {
    let clock = 0;
    for (const [index, events] of days.entries()) {
      const asOf = addDays('2026-10-30', index);
      const at = `${addDays(asOf, 1)}T06:00:00.000Z`;
      world.setNow(at);
      let deaths = 0;
      for (const each of events)
        happen(vendor, each, asOf, `${asOf}T12:00:${String(clock++ % 60).padStart(2, '0')}.000Z`);
      for (const [number, each] of events.entries())
        if (each.what === 'die' || each.what === 'again' || each.what === 'cut-short') {
          left = each.what === 'die' ? each.after : Number.POSITIVE_INFINITY;
          const died = () => left < 0;
          deaths += await morning(world, asOf, each.what === 'cut-short', `run-${index}-${number}`, died);
          left = Number.POSITIVE_INFINITY;
        }
      expect(deaths).toBeGreaterThanOrEqual(0);
      await morning(world, asOf, false, `run-${index}`);
      await expectLastWord(world, vendor);
    }
  } finally {
    await world.close();
  }
}

/**
 * A pull, and the load of what it handed over; 1: it died, and with it what it would have reported (a failure is
 * contained where it happens, a process that is gone is not).
 */
async function morning(
  world: ApiWorld,
  asOf: string,
  cutShort: boolean,
  run: string,
  died: () => boolean = () => false,
): Promise<number> {
  try {
    const stopAt = cutShort ? { stopAt: new Date(0) } : {};
    const report = await world.pull(madeUp, sourceOf(madeUp, { starts_on: '2026-10-25' }), {
      asOf,
      run,
      ...stopAt,
    });
    if (died()) return 1;
    expect(report.problem).toBeUndefined();
    await world.load(report);
    return 0;
  } catch (error) {
    if (error instanceof Died) return 1;
    throw error;
  }
}

function happen(vendor: MadeUpVendor, event: Event, asOf: string, changedAt: string): void {
  switch (event.what) {
    case 'order':
      vendor.orders.set(`o${event.id}`, {
        ...{ id: `o${event.id}`, day: asOf, changedAt },
        lines: event.lines.map((no) => ({ no: String(no), units: '1', net: `${no}.5` })),
      });
      return;
    case 'delete': {
      const known = vendor.orders.get(`o${event.id}`);
      if (known) vendor.orders.set(known.id, { ...known, changedAt, deleted: true });
      return;
    }
    case 'restate': {
      const days = vendor.spend.get('a1') ?? new Map();
      vendor.spend.set('a1', days);
      days.set(
        addDays(asOf, -event.daysAgo),
        new Map(event.campaigns.map((each) => [`k${each}`, each * 1_000_000])),
      );
      return;
    }
    default:
  }
}

async function expectLastWord(world: ApiWorld, { orders, spend }: MadeUpVendor): Promise<void> {
  const alive = [...orders.values()].filter(({ deleted }) => !deleted);
  const lines = alive.flatMap(({ id, lines: own }) => own.map(({ no, net }) => `${id} ${no} ${net}000`));
  const stored = await world.rows('order_lines', 'order_id, line_id, CAST(net_amount AS varchar) AS net');
  expect(stored.map((row) => `${row['order_id']} ${row['line_id']} ${row['net']}`).sort()).toEqual(
    lines.sort(),
  );
  const heads = (await world.rows('orders', 'order_id')).map(({ order_id }) => order_id);
  expect(heads).toEqual(alive.map(({ id }) => id).sort());
  const costs = [...(spend.get('a1') ?? [])].flatMap(([day, campaigns]) =>
    [...campaigns].map(([campaign, micros]) => `${day} ${campaign} ${micros / 1_000_000}.0000`),
  );
  const spent = await world.rows(
    'ad_spend',
    'CAST(spent_on AS varchar) AS day, campaign_id, CAST(cost AS varchar) AS cost',
  );
  expect(spent.map((row) => `${row['day']} ${row['campaign_id']} ${row['cost']}`).sort()).toEqual(
    costs.sort(),
  );
}
