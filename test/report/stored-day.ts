import { cpSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AlertReport, alertReportKey } from '../../functions/lake/catalogue/alert.ts';
import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../functions/lake/catalogue/kpi.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { type LoadedState, loadedStateKey } from '../../functions/lake/landing/batch.ts';
import { type FigureColumns, textToScaled } from '../../functions/lake/snapshot/columns.ts';
import { type CheckReport, checkReportKey, type Finding } from '../../functions/lake/snapshot/finding.ts';
import type { SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import { recordFigures } from '../../functions/lake/snapshot/store.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { type Bucket, writeJson } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Mailer, OutgoingMessage } from '../../functions/platform/mailer.ts';
import { tables } from '../kit/tables.ts';
import {
  AS_OF,
  abandonmentRule,
  brandRule,
  companyOf,
  event,
  kpis,
  RUN,
  row,
  state,
  totals,
} from './fixtures.ts';

/** A catalogue of these KPIs. */
export const catalogueOf = (list: readonly Kpi[]): Catalogue => ({
  tables,
  kpis: list,
  views: [],
  dimensions: new Map(),
  checks: [],
  lists: [],
  broken: [],
  viewsOf: () => [],
  kpi: (id) => {
    const found = list.find((kpi) => kpi.id === id);
    if (!found) throw new Error(id);
    return found;
  },
});

const columnsOf = (rows: readonly SnapshotRow[]): FigureColumns => {
  const scaled = (text: string | null): bigint | null =>
    text === null ? null : (textToScaled(text) as bigint);
  return {
    period: rows.map((each) => each.period),
    comparison: rows.map((each) => each.comparison),
    dimension: rows.map((each) => each.dimension),
    member: rows.map((each) => each.member),
    numerator: rows.map((each) => scaled(each.numerator)),
    denominator: rows.map((each) => scaled(each.denominator)),
  };
};

/** Puts rows into the snapshot, KPI by KPI and day by day. */
export async function store(
  bucket: Bucket,
  rows: readonly SnapshotRow[],
  recordedAt = '2026-11-22T06:00:04Z',
): Promise<void> {
  for (const kpi of new Set(rows.map((each) => each.kpi))) {
    const mine = rows.filter((each) => each.kpi === kpi);
    const days = [...new Set(mine.map((each) => each.asOf))].sort().map((asOf) => {
      const ofDay = mine.filter((each) => each.asOf === asOf);
      return { asOf, quality: ofDay[0]?.quality ?? ('ok' as const), figures: columnsOf(ofDay) };
    });
    await recordFigures(bucket, { kpi, unit: 'currency', run: RUN, recordedAt, days });
  }
}

const member = (
  kpi: string,
  comparison: 'current' | 'previous',
  name: string,
  numerator: number,
  denominator: number,
): SnapshotRow =>
  row(kpi, 'last_7d', comparison, numerator, denominator, { dimension: 'brand', member: name });

const members = [
  member('cart_abandonment_rate', 'previous', 'Nordwind', 216, 300),
  member('cart_abandonment_rate', 'previous', 'Taiga', 534, 700),
  member('cart_abandonment_rate', 'current', 'Nordwind', 285, 300),
  member('cart_abandonment_rate', 'current', 'Taiga', 527, 700),
];

/** Eight weeks as the one before, older than the days of the trends: from them it is known what is usual. */
const earlier = Array.from({ length: 8 }, (_, index) => {
  const asOf = addDays(AS_OF, -7 * (index + 5));
  const week = [
    row('cart_abandonment_rate', 'last_7d', 'current', 750, 1000),
    member('cart_abandonment_rate', 'current', 'Nordwind', 216, 300),
    member('cart_abandonment_rate', 'current', 'Taiga', 534, 700),
  ];
  return week.map((figure) => ({ ...figure, asOf }));
}).flat();

export interface StoredDay {
  readonly bucket: Bucket;
  readonly company: Company;
  readonly catalogue: Catalogue;
  readonly asOf: string;
  readonly run: string;
}

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'vigie-mails-'));

/** What the steps before left. Made once: a test begins with a copy. */
let left: Promise<string> | undefined;

async function leaveDay(): Promise<string> {
  const folder = await newFolder();
  const bucket = fileBucket(folder);
  await store(bucket, [...totals, ...members, ...earlier]);
  await alerts(bucket, { states: [state()], events: [event()] });
  for (const [source, table] of [
    ['sap', 'orders'],
    ['shop', 'carts'],
  ] as const) {
    const loaded: LoadedState = {
      table,
      source,
      run: RUN,
      loadedAt: '2026-11-22T06:00:01Z',
      mappingHash: 'x',
      inputs: [],
      firstDate: null,
      lastDate: AS_OF,
    };
    await writeJson(bucket, loadedStateKey(source, table), loaded);
  }
  return folder;
}

/** The morning of 22 November 2026, as the steps before left it. */
export async function storedDay(change: Record<string, unknown> = {}): Promise<StoredDay> {
  left ??= leaveDay();
  const folder = await newFolder();
  cpSync(await left, folder, { recursive: true });
  const bucket = fileBucket(folder);
  const company = companyOf({
    alerts: { rules: [abandonmentRule, brandRule], off: ['cart-abandonment-high', 'acquisition-cost-jump'] },
    ...change,
  });
  return { bucket, company, catalogue: catalogueOf(kpis), asOf: AS_OF, run: RUN };
}

export const alerts = (bucket: Bucket, report: Pick<AlertReport, 'states' | 'events'>): Promise<void> =>
  writeJson(bucket, alertReportKey(AS_OF), { asOf: AS_OF, run: RUN, ...report } satisfies AlertReport);

export const findings = (bucket: Bucket, list: readonly Finding[]): Promise<void> =>
  writeJson(bucket, checkReportKey(AS_OF), { asOf: AS_OF, run: RUN, findings: list } satisfies CheckReport);

/** Keeps every message it was given. */
export function inbox(idempotent = false): Mailer & { readonly mails: OutgoingMessage[] } {
  const mails: OutgoingMessage[] = [];
  return {
    idempotent,
    mails,
    async send(message) {
      mails.push(message);
      return { reference: message.id };
    },
  };
}

export const platformOf = (day: StoredDay, mailer: Mailer, minutes = 0) => ({
  bucket: day.bucket,
  mailer,
  clock: frozenClock(new Date(Date.parse('2026-11-22T06:00:10Z') + minutes * 60_000)),
  log: silentLog,
});

/** The subject as a person reads it (encoded words decoded). */
export function subjectOf(message: OutgoingMessage): string {
  const raw = new TextDecoder().decode(message.raw);
  const folded = /^Subject: ((?:.*)(?:\r?\n[ \t].*)*)/m.exec(raw)?.[1] ?? '';
  return decodeWords(folded);
}

export function decodeWords(header: string): string {
  return header
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/\r?\n[ \t]/g, ' ')
    .replaceAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, how: string, body: string) =>
      how.toUpperCase() === 'B'
        ? Buffer.from(body, 'base64').toString('utf8')
        : Buffer.from(
            body
              .replaceAll('_', ' ')
              .replaceAll(/=([0-9A-F]{2})/gi, (__, hex: string) =>
                String.fromCharCode(Number.parseInt(hex, 16)),
              ),
            'latin1',
          ).toString('utf8'),
    );
}
