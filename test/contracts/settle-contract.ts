import { describe, expect, test } from 'vitest';
import { readAlertHistory, writeAlertReport } from '../../functions/lake/alerts/store.ts';
import { noteFinished } from '../../functions/lake/run/finished.ts';
import { releaseLock, takeLock } from '../../functions/lake/run/lock.ts';
import { runRef } from '../../functions/lake/run/run.ts';
import type { FigureColumns } from '../../functions/lake/snapshot/columns.ts';
import { readFigures, recordFigures } from '../../functions/lake/snapshot/store.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { MONTHS, settleMonths } from '../../functions/run/settle.ts';

const KPIS = Array.from({ length: 23 }, (_, nth) => `kpi_${String(nth).padStart(2, '0')}`);
const DAYS = ['2026-03-30', '2026-03-31', '2026-04-01', '2026-06-20'];
/** From 21 June on May is measured again: settled are February to April. */
const run = runRef({ asOf: '2026-06-20', from: '2026-06-20' }, '2026-06-21T06:00:00Z', 'execution');
/** The first and the last. */
const TOLD = [KPIS[0], KPIS.at(-1)].filter((kpi) => kpi !== undefined);
const asked = { kpis: TOLD, from: '2026-01-01', to: '2026-12-31' };

const figures = (value: number): FigureColumns => ({
  period: ['mtd', 'mtd'],
  comparison: ['current', 'current'],
  dimension: [null, 'region'],
  member: [null, 'north'],
  numerator: [BigInt(value) * 1_000_000n, BigInt(value) * 500_000n],
  denominator: [null, null],
});

/** Days told twice, as daily runs leave them: files of their own for every day and word. Of most KPIs one word on one day. */
async function live(bucket: Bucket): Promise<void> {
  const record = async (kpi: string, words: readonly string[]): Promise<void> => {
    for (const [nth, asOf] of words.entries()) {
      const recordedAt = new Date(Date.UTC(2026, 5, 20, nth)).toISOString();
      const days = [{ asOf, quality: 'ok' as const, figures: figures(nth) }];
      await recordFigures(bucket, { kpi, unit: 'count', run: `r${nth}`, recordedAt, days });
    }
  };
  await Promise.all(
    KPIS.map((kpi) => record(kpi, TOLD.includes(kpi) ? [...DAYS, ...DAYS] : DAYS.slice(0, 1))),
  );
  for (const asOf of DAYS) await writeAlertReport(bucket, { asOf, run: 'r', states: [], events: [] });
}

async function filesIn(bucket: Bucket, prefix: string): Promise<number> {
  let files = 0;
  for await (const _ of bucket.list(prefix)) files += 1;
  return files;
}

/** All that is known, now and as of each word. */
const known = (bucket: Bucket): Promise<unknown> =>
  Promise.all([
    readFigures(bucket, asked),
    ...[1, 3, 5].map((nth) =>
      readFigures(bucket, { ...asked, knownAt: new Date(Date.UTC(2026, 5, 20, nth)).toISOString() }),
    ),
    readAlertHistory(bucket, asked.from, asked.to),
  ]);

/** As the state machine calls it. */
async function settled(bucket: Bucket): Promise<number> {
  let at = { part: 0, rounds: 0 };
  for (let calls = 1; ; calls += 1) {
    const report = await settleMonths({ bucket, log: silentLog }, at);
    expect(report.table).toBe(MONTHS);
    if (report.status !== 'unfinished') return calls;
    at = report.at;
  }
}

/** What the weekly maintenance does to a bucket. `open` gives an empty one, `close` clears it away. */
export function settleContract(
  name: string,
  open: () => Promise<{ readonly bucket: Bucket; close(): Promise<void> }>,
): void {
  describe(`months that are settled, in ${name}`, () => {
    test('are put together, say what they said at every instant, and are left alone while a run is at work', async () => {
      const { bucket, close } = await open();
      try {
        await live(bucket);
        const executions = { isRunning: async () => true };
        const before = await known(bucket);
        const files = await filesIn(bucket, 'snapshot/');
        await settled(bucket);
        expect(await filesIn(bucket, 'snapshot/'), 'no day is done: nothing is settled').toBe(files);

        await noteFinished(bucket, run, '2026-06-21T06:10:00Z');
        expect(await takeLock({ bucket, executions }, run)).toBeNull();
        await settled(bucket);
        expect(await filesIn(bucket, 'snapshot/'), 'a run is at work').toBe(files);
        await releaseLock(bucket, 'execution');

        expect(await settled(bucket), 'twenty KPIs a call').toBe(2);
        for (const kpi of TOLD) {
          expect(await filesIn(bucket, `snapshot/kpi=${kpi}/month=2026-03/`)).toBe(2);
          expect(await filesIn(bucket, `snapshot/kpi=${kpi}/month=2026-04/`)).toBe(2);
          expect(await filesIn(bucket, `snapshot/kpi=${kpi}/month=2026-06/`), 'still measured').toBe(4);
        }
        expect(await filesIn(bucket, 'alerts/')).toBe(3);
        expect(await known(bucket)).toEqual(before);
      } finally {
        await close();
      }
    });
  });
}
