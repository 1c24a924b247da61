import { type AlertReport, alertReportKey } from '../lake/alerts/alert.ts';
import { rulesInForce } from '../lake/alerts/alert-rules.ts';
import type { LoadedState } from '../lake/batch.ts';
import { addDays } from '../lake/calendar.ts';
import type { Company } from '../lake/company/company.ts';
import { fedTables } from '../lake/company/fed-tables.ts';
import { type CheckReport, checkReportKey } from '../lake/finding.ts';
import type { Catalogue } from '../lake/kpis/catalogue.ts';
import type { Kpi } from '../lake/kpis/kpi.ts';
import { readLabels } from '../lake/kpis/labels.ts';
import { type Manifest, manifestKey } from '../lake/manifest.ts';
import type { SnapshotRow } from '../lake/snapshot/snapshot.ts';
import { readFigures } from '../lake/snapshot/snapshot-store.ts';
import { type Bucket, readJson } from '../platform/bucket.ts';
import { type MailData, type SourceFreshness, TREND_DAYS } from './content/mail-data.ts';
import { readCauses } from './read-causes.ts';

export interface MailDataInput {
  readonly company: Company;
  readonly catalogue: Catalogue;
  readonly asOf: string;
  /** The run whose manifest tells which KPIs failed; absent in a preview. */
  readonly run?: string;
}

/** Reads everything that the mails of a day are made from, once for all readers. */
export async function readMailData(bucket: Bucket, input: MailDataInput): Promise<MailData> {
  const { company, catalogue, asOf } = input;
  const kpis = catalogue.kpis.filter((kpi) => !company.kpis.off.includes(kpi.id));
  const [totals, alerts, checks, manifest, freshness, labels] = await Promise.all([
    readTotals(bucket, kpis, asOf),
    readJson<AlertReport>(bucket, alertReportKey(asOf)),
    readJson<CheckReport>(bucket, checkReportKey(asOf)),
    input.run === undefined ? undefined : readJson<Manifest>(bucket, manifestKey(asOf, input.run)),
    readFreshness(bucket, company, asOf),
    readLabels(bucket),
  ]);
  const facts = {
    company,
    asOf,
    kpis,
    totals,
    alerts: alerts ?? null,
    rules: rulesInForce(company, catalogue.kpis),
    findings: checks?.findings ?? [],
    runs: manifest?.kpis ?? [],
    freshness,
    labels,
  };
  return { ...facts, causes: await readCauses(bucket, facts) };
}

/** The day with all its comparisons; of the days before only the figures themselves, for the trends. */
async function readTotals(bucket: Bucket, kpis: readonly Kpi[], asOf: string): Promise<SnapshotRow[]> {
  const query = { kpis: kpis.map((kpi) => kpi.id), dimension: null };
  const [before, day] = await Promise.all([
    readFigures(bucket, {
      ...query,
      from: addDays(asOf, 1 - TREND_DAYS),
      to: addDays(asOf, -1),
      comparisons: ['current'],
    }),
    readFigures(bucket, { ...query, from: asOf, to: asOf }),
  ]);
  return [...before, ...day];
}

/** What is loaded, source by source, in the order of vigie.yaml. Budgets lie ahead: nothing is later than the day. */
async function readFreshness(bucket: Bucket, company: Company, asOf: string): Promise<SourceFreshness[]> {
  const states: LoadedState[] = [];
  for await (const { key } of bucket.list('state/loaded/')) {
    const state = await readJson<LoadedState>(bucket, key);
    if (state) states.push(state);
  }
  return company.sources.map((source) => {
    const dates = states
      .filter((state) => state.source === source.name)
      .flatMap((state) => state.lastDate ?? []);
    const latest = dates.toSorted().at(-1) ?? null;
    return {
      source: source.name,
      lastDate: latest !== null && latest > asOf ? asOf : latest,
      tables: fedTables(source).map(({ table }) => table),
    };
  });
}
