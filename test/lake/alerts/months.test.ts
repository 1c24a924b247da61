import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ALERT_MONTHS, compactAlerts } from '../../../functions/lake/alerts/months.ts';
import {
  latestAlertReport,
  readAlertHistory,
  readAlertReport,
  writeAlertReport,
} from '../../../functions/lake/alerts/store.ts';
import { type AlertReport, alertReportKey } from '../../../functions/lake/catalogue/alert.ts';
import { daysToJudgeAgain, mendState } from '../../../functions/lake/run/mend-state.ts';
import { runRef } from '../../../functions/lake/run/run.ts';
import { datesBetween } from '../../../functions/lake/values/day.ts';
import type { Bucket } from '../../../functions/platform/bucket.ts';
import { frozenClock } from '../../../functions/platform/clock.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { silentLog } from '../../../functions/platform/log.ts';
import { runs } from '../../kit/runs.ts';

const DAYS = ['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-14', '2026-03-02'];
const newBucket = (): Bucket => fileBucket(mkdtempSync(join(tmpdir(), 'vigie-alert-months-')));
const report = (asOf: string, run: string): AlertReport => ({ asOf, run, states: [], events: [] });

/** All that readers ask. */
async function told(bucket: Bucket): Promise<unknown> {
  const newest = [...DAYS, '2026-04-01', undefined].map((before) => latestAlertReport(bucket, before));
  const each = DAYS.map((day) => readAlertReport(bucket, day));
  const spans = [
    readAlertHistory(bucket, '2026-01-31', '2026-02-28'),
    readAlertHistory(bucket, '2020-01-01', '2030-01-01'),
  ];
  return Promise.all([...newest, ...each, ...spans]);
}

/** Dies at the nth thing it changes. */
function dyingAt(bucket: Bucket, deadly: number): Bucket {
  let left = deadly;
  const change = (): void => {
    left -= 1;
    if (left < 0) throw new Error('killed');
  };
  const write: Bucket['write'] = async (key, body) => {
    change();
    await bucket.write(key, body);
  };
  const remove: Bucket['remove'] = async (key) => {
    change();
    await bucket.remove(key);
  };
  return { ...bucket, write, remove };
}

test('whatever was judged, put into months, killed and judged again: every reader is told the same', async () => {
  const step = fc.oneof(
    fc.record({ judged: fc.constantFrom(...DAYS), run: fc.constantFrom('a', 'b') }),
    fc.record({ month: fc.constantFrom('2026-01', '2026-02'), deadly: fc.nat(4) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const [bucket, plain] = [newBucket(), newBucket()];
      for (const each of steps) {
        if ('judged' in each) {
          for (const one of [bucket, plain]) await writeAlertReport(one, report(each.judged, each.run));
        } else {
          await compactAlerts(dyingAt(bucket, each.deadly), each.month).catch(({ message }) =>
            expect(message).toBe('killed'),
          );
        }
        expect(await told(bucket)).toEqual(await told(plain));
      }
    }),
    { numRuns: runs(40) },
  );
});

test('a month that is put together is one file, and there is nothing left to do', async () => {
  const bucket = newBucket();
  for (const day of DAYS) await writeAlertReport(bucket, report(day, 'a'));
  expect(await compactAlerts(bucket, '2026-01')).toBe(true);
  expect(await compactAlerts(bucket, '2026-01')).toBe(false);
  const keys: string[] = [];
  for await (const { key } of bucket.list('alerts/')) keys.push(key);
  expect(keys).toEqual([`${ALERT_MONTHS}2026-01.json`, ...DAYS.slice(2).map(alertReportKey)]);
});

test('a damaged month is put aside, and its days are judged again', async () => {
  const bucket = newBucket();
  for (const day of DAYS) await writeAlertReport(bucket, report(day, 'a'));
  await compactAlerts(bucket, '2026-01');
  await bucket.write(`${ALERT_MONTHS}2026-01.json`, '{"month": "2026-01", "rep');
  const run = runRef({ asOf: '2026-03-03', from: '2026-03-03' }, '2026-03-04T06:00:00Z');
  const damages = await mendState(
    { bucket, clock: frozenClock('2026-03-04T06:00:00Z'), log: silentLog },
    run,
  );
  expect(damages.map(({ key }) => key)).toEqual([`${ALERT_MONTHS}2026-01.json`]);
  expect(await bucket.exists(`damaged/${ALERT_MONTHS}2026-01.json`)).toBe(true);
  expect(daysToJudgeAgain(damages)).toEqual(datesBetween('2026-01-01', '2026-01-31'));
  expect((await readAlertHistory(bucket, '2026-01-01', '2026-12-31')).map(({ asOf }) => asOf)).toEqual(
    DAYS.slice(2),
  );
});

test('a damaged day stays out of its month, for the run that mends it', async () => {
  const bucket = newBucket();
  await writeAlertReport(bucket, report('2026-01-30', 'a'));
  await bucket.write(alertReportKey('2026-01-31'), 'cut');
  expect(await compactAlerts(bucket, '2026-01')).toBe(true);
  expect(await bucket.exists(alertReportKey('2026-01-31'))).toBe(true);
});
