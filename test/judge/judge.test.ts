import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { judge, judgeDays } from '../../functions/judge/judge.ts';
import { appendCommand, readCommands } from '../../functions/lake/alerts/commands.ts';
import { listOpenAlerts } from '../../functions/lake/alerts/open-alerts.ts';
import { latestAlertReport, readAlertReport } from '../../functions/lake/alerts/store.ts';
import { alertCommandPrefix } from '../../functions/lake/catalogue/alert.ts';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import { type Company, companySchema } from '../../functions/lake/company/company.ts';
import { recordFigures } from '../../functions/lake/snapshot/store.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { openRedactor } from '../../functions/platform/redact/redactor.ts';
import { runs } from '../kit/runs.ts';
import { type DayFigures, day, type Figure, kpiOf, rowsOf } from './play.ts';

const unused = (): never => {
  throw new Error('judging must not reach this');
};
const kpi = kpiOf();
const catalogue = {
  kpis: [
    kpi,
    kpiOf({
      id: 'cart_abandonment_rate',
      benchmark: { value: 0.75, source: 'study' },
      ratio: true,
      unit: 'percent',
    }),
  ],
};

const companyWith = (alerts: object): Company =>
  companySchema.parse({
    company: { name: 'Cordage', time_zone: 'Europe/Paris', currency: 'EUR' },
    sources: [{ kind: 'files', name: 'erp', feeds: [{ table: 'orders', path: 'x.csv', columns: {} }] }],
    alerts,
  });

let bucket: Bucket;
let platform: Platform;
beforeEach(async () => {
  bucket = fileBucket(await mkdtemp(join(tmpdir(), 'vigie-judge-')));
  platform = {
    bucket,
    log: silentLog,
    redactor: openRedactor(),
    clock: frozenClock('2026-02-01T06:00:00Z'),
    engine: {
      dialect: { name: 'duckdb', maxStatementBytes: 1, table: unused, landed: unused },
      query: unused,
      execute: unused,
      close: unused,
    },
    inbox: { list: unused, stream: unused },
    mailer: { idempotent: true, send: unused },
    secrets: { get: unused, put: unused },
    http: { send: unused, pause: unused },
  };
});

async function record(series: readonly (Figure | DayFigures | null)[], of: Kpi = kpi): Promise<void> {
  const rows = rowsOf(of, series);
  const scaled = (text: string | null): bigint | null => (text === null ? null : BigInt(text) * 1_000_000n);
  const days = [...new Set(rows.map((row) => row.asOf))].map((asOf) => {
    const mine = rows.filter((row) => row.asOf === asOf);
    return {
      asOf,
      quality: mine[0]?.quality ?? 'ok',
      figures: {
        period: mine.map((row) => row.period),
        comparison: mine.map((row) => row.comparison),
        dimension: mine.map((row) => row.dimension),
        member: mine.map((row) => row.member),
        numerator: mine.map((row) => scaled(row.numerator)),
        denominator: mine.map((row) => scaled(row.denominator)),
      },
    };
  });
  await recordFigures(bucket, {
    kpi: of.id,
    unit: of.unit,
    run: 'test',
    recordedAt: '2026-02-01T06:00:00Z',
    days,
  });
}

const rules = { rules: [{ kind: 'limit', id: 'r', kpi: 'orders', above: 10, for: 2 }] };
const company = companyWith(rules);
const run = 'test';

describe('judging days', () => {
  it('reads the snapshot, keeps a report of each day and goes on from the day before', async () => {
    await record([11, 11, 9]);
    const first = await judge(platform, { company, catalogue, asOf: day(1), run });
    const second = await judge(platform, { company, catalogue, asOf: day(2), run });
    expect(first.states).toMatchObject([{ rule: 'r', state: 'pending', count: 1 }]);
    expect(second.events).toMatchObject([{ kind: 'opened', asOf: day(2), notify: ['ops', 'executive'] }]);
    expect(await readAlertReport(bucket, day(2))).toEqual(second);
    expect((await latestAlertReport(bucket, day(2)))?.asOf).toBe(day(1));
  });

  it('judging a day again gives the same report, also after later days were judged', async () => {
    await record([11, 11, 9, 11]);
    const { reports } = await judgeDays(platform, { company, catalogue, asOfs: [1, 2, 3, 4].map(day), run });
    for (const report of reports)
      expect(await judge(platform, { company, catalogue, asOf: report.asOf, run })).toEqual(report);
  });

  it('a back-fill is the same as the days one by one, whatever order they are asked in', async () => {
    await record([11, 11, 9, 11, { stale: 3 }, 11, 12]);
    const days = [1, 2, 3, 4, 5, 6, 7].map(day);
    const single = [];
    for (const asOf of days) single.push(await judge(platform, { company, catalogue, asOf, run }));
    expect(
      (await judgeDays(platform, { company, catalogue, asOfs: days.toReversed(), run })).reports,
    ).toEqual(single);
  });

  it('judges members and comparisons, and reads the history an anomaly needs', async () => {
    const weeks = Array.from(
      { length: 85 },
      (_, index): DayFigures => ({
        current: index === 84 ? 90 : 50 + (index % 3),
        previous: 50,
        members: { north: index === 84 ? 60 : 20, south: 30 },
      }),
    );
    await record(weeks);
    const all = companyWith({
      rules: [
        { kind: 'anomaly', id: 'odd', kpi: 'orders', above: 4 },
        { kind: 'change', id: 'jump', kpi: 'orders', above: 0.5, against: 'previous' },
        { kind: 'limit', id: 'north', kpi: 'orders', above: 50, dimension: 'region' },
      ],
    });
    const report = await judge(platform, { company: all, catalogue, asOf: day(85), run });
    expect(report.events.map((event) => [event.rule, event.member])).toEqual([
      ['odd', null],
      ['jump', null],
      ['north', 'north'],
    ]);
  });

  it('has nothing to say of KPIs without figures, and no rule of KPIs that are off', async () => {
    const report = await judge(platform, { company, catalogue, asOf: day(1), run });
    expect(report).toEqual({ asOf: day(1), run, states: [], events: [] });
    expect((await judgeDays(platform, { company, catalogue, asOfs: [], run })).reports).toEqual([]);
  });

  it('the shipped rule of the abandonment rate holds until the company replaces it or switches it off', async () => {
    const share = catalogue.kpis[1] as Kpi;
    await record(
      [
        [9000, 10_000],
        [9000, 10_000],
      ],
      share,
    );
    const firing = async (alerts: object) =>
      (
        await judgeDays(platform, { company: companyWith(alerts), catalogue, asOfs: [day(1), day(2)], run })
      ).reports
        .at(-1)
        ?.events.map((event) => event.rule);
    expect(await firing({})).toEqual(['cart-abandonment-high']);
    expect(await firing({ off: ['cart-abandonment-high'] })).toEqual([]);
    const lenient = { kind: 'limit', id: 'cart-abandonment-high', kpi: share.id, above: 0.95 };
    expect(await firing({ rules: [lenient] })).toEqual([]);
  });
});

describe('a person’s word', () => {
  const word = {
    rule: 'r',
    member: null,
    at: '2026-02-01T08:00:00Z',
    until: null,
    by: 'ops',
    note: null,
  } as const;
  beforeEach(async () => {
    await record([11, 11, 11, 11]);
    await judgeDays(platform, { company, catalogue, asOfs: [day(1), day(2)], run });
  });

  it('mutes from the next day judged, and is listed', async () => {
    expect(await listOpenAlerts(bucket)).toMatchObject([
      { rule: 'r', state: 'firing', firedOn: day(2), muted: false },
    ]);
    const given = await appendCommand(bucket, { ...word, kind: 'acknowledge' });
    expect(given.after).toBe(day(2));
    expect(await listOpenAlerts(bucket)).toMatchObject([{ muted: 'acknowledged' }]);
    expect((await judge(platform, { company, catalogue, asOf: day(2), run })).events).toMatchObject([
      { muted: false },
    ]);
    expect((await judge(platform, { company, catalogue, asOf: day(3), run })).states).toMatchObject([
      { muted: true },
    ]);
  });

  it('of one moment: both are kept, the second one counts', async () => {
    await appendCommand(bucket, { ...word, kind: 'snooze', until: day(9) });
    await appendCommand(bucket, { ...word, kind: 'wake' });
    expect(await listOpenAlerts(bucket)).toMatchObject([{ muted: false }]);
  });

  // NTP after a dead battery, a machine restored from an image, two machines that disagree.
  it('however the clock was set between commands, the last one given has the last word', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            kind: fc.constantFrom('snooze', 'acknowledge', 'wake'),
            minutes: fc.integer({ min: -100_000, max: 100_000 }),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async (given) => {
          for await (const { key } of bucket.list(alertCommandPrefix)) await bucket.remove(key);
          for (const { kind, minutes } of given) {
            const at = new Date(Date.parse(word.at) + minutes * 60_000).toISOString();
            await appendCommand(bucket, { ...word, at, kind, until: kind === 'snooze' ? day(9) : null });
          }
          const kinds = (await readCommands(bucket)).map(({ kind }) => kind);
          expect(kinds).toEqual(given.map(({ kind }) => kind));
          const times = (await readCommands(bucket)).map(({ at }) => at);
          expect(times).toEqual([...new Set(times)].toSorted());
          const last = given.at(-1)?.kind;
          const [open] = await listOpenAlerts(bucket);
          if (last === 'wake') expect(open?.muted).toBe(false);
          else expect(open?.muted).not.toBe(false);
        },
      ),
      { numRuns: runs(20) },
    );
  });

  it('a command given while the clock was a year ahead mutes and is ended as any other', async () => {
    await appendCommand(bucket, { ...word, at: '2027-02-01T06:00:00.000Z', kind: 'snooze', until: day(9) });
    expect(await listOpenAlerts(bucket)).toMatchObject([{ muted: 'snoozed' }]);
    const wake = await appendCommand(bucket, { ...word, kind: 'wake' });
    expect(wake.at > '2027-02-01T06:00:00.000Z').toBe(true);
    expect(await listOpenAlerts(bucket)).toMatchObject([{ muted: false }]);
    expect((await judge(platform, { company, catalogue, asOf: day(3), run })).states).toMatchObject([
      { muted: false },
    ]);
  });

  it.each([
    [
      'an unknown rule',
      { ...word, kind: 'snooze', rule: 'rr', until: day(9) },
      'ALERT_UNKNOWN',
      /Did you mean r\?/,
    ],
    [
      'an unknown member',
      { ...word, kind: 'snooze', member: 'north', until: day(9) },
      'ALERT_UNKNOWN',
      /r \(north\)/,
    ],
    ['a snooze that is over', { ...word, kind: 'snooze', until: day(2) }, 'SNOOZE_OVER', /mutes nothing/],
    ['a snooze without end', { ...word, kind: 'snooze' }, 'SNOOZE_OVER', /no day/],
  ] as const)('%s is refused', async (_, command, code, message) => {
    await expect(appendCommand(bucket, command)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('acknowledging what is not open is refused', async () => {
    await record([11, 11, 9, 9]);
    await judgeDays(platform, { company, catalogue, asOfs: [day(3)], run });
    await expect(appendCommand(bucket, { ...word, kind: 'acknowledge' })).rejects.toMatchObject({
      code: 'ALERT_NOT_OPEN',
    });
  });
});
