import { type AlertReport, alertReportKey } from '../lake/catalogue/alert.ts';
import type { Catalogue } from '../lake/catalogue/catalogue.ts';
import type { Kpi } from '../lake/catalogue/kpi.ts';
import { noLabels, readLabels } from '../lake/catalogue/labels.ts';
import { rulesInForce } from '../lake/company/alert-rules.ts';
import type { Company } from '../lake/company/company.ts';
import { fedTables } from '../lake/company/fed-tables.ts';
import { type LoadedState, problemOf } from '../lake/landing/batch.ts';
import { uncheckedFindings } from '../lake/run/findings.ts';
import { type BrokenPart, type KpiRun, type Manifest, manifestKey } from '../lake/run/manifest.ts';
import { type CheckReport, checkReportKey, type Finding } from '../lake/snapshot/finding.ts';
import { readState, readStateIfSound } from '../lake/state/file.ts';
import type { Bucket } from '../platform/bucket.ts';
import { chooseKpis, shownPeriod } from './content/choose-kpis.ts';
import type { MailData, SourceFreshness } from './content/mail-data.ts';
import { readAlertPasts } from './read-alert-pasts.ts';
import { readCauses } from './read-causes.ts';
import { readNoise } from './read-noise.ts';
import { readTotals } from './read-totals.ts';

export interface MailDataInput {
  readonly company: Company;
  readonly catalogue: Catalogue;
  readonly asOf: string;
  /** The run whose manifest tells which KPIs failed; absent in a preview. */
  readonly run?: string;
}

/**
 * Reads everything that the mails of a day are made from, once for all readers. What cannot be read is left out and
 * named under `broken`: the rest of the morning is told all the same.
 */
export async function readMailData(bucket: Bucket, input: MailDataInput): Promise<MailData> {
  const { company, catalogue, asOf } = input;
  const kpis = catalogue.kpis.filter((kpi) => !company.kpis.off.includes(kpi.id));
  const { part, broken } = partsOf();
  const [totals, alerts, checks, manifest, freshness, labels] = await Promise.all([
    Promise.all(kpis.map((kpi) => part(figuresPart(kpi.id), () => readTotals(bucket, kpi, asOf), []))),
    part('alerts', () => readState<AlertReport>(bucket, alertReportKey(asOf)), undefined),
    part('checks', () => readState<CheckReport>(bucket, checkReportKey(asOf)), undefined),
    part('run', () => readManifest(bucket, input), undefined),
    part('freshness', () => readFreshness(bucket, company, asOf), []),
    part('names', () => readLabels(bucket), noLabels),
  ]);
  const facts = {
    company,
    tables: catalogue.tables,
    asOf,
    kpis,
    totals: totals.flat(),
    alerts: alerts ?? null,
    rules: rulesInForce(company, catalogue.kpis),
    findings: findingsOf(company, checks, [...(manifest?.broken ?? []), ...broken]),
    runs: runsOf(kpis, manifest, broken),
    freshness,
    labels,
    broken: [...(manifest?.broken ?? []), ...broken],
  };
  const shown = chooseKpis(facts).map((kpi) => ({ kpi, period: shownPeriod(kpi, company) }));
  const [causes, noise, alertPasts] = await Promise.all([
    part('causes', () => readCauses(bucket, facts, part), new Map()),
    part('usual changes', () => readNoise(bucket, asOf, shown), new Map()),
    part('figures before alerts', () => readAlertPasts(bucket, facts), new Map()),
  ]);
  return { ...facts, causes, noise, alertPasts, broken: [...(manifest?.broken ?? []), ...broken] };
}

/** Does one part of the reading; where that fails, the part is noted as broken and `otherwise` stands for it. */
export type ReadPart = <T>(item: string, work: () => Promise<T>, otherwise: T) => Promise<T>;

/** Parts that fail by themselves, and what became of those that did. */
export function partsOf(): { readonly part: ReadPart; readonly broken: BrokenPart[] } {
  const broken: BrokenPart[] = [];
  const part: ReadPart = async (item, work, otherwise) => {
    try {
      return await work();
    } catch (error) {
      broken.push({ step: 'report', item, problem: problemOf(error) });
      return otherwise;
    }
  };
  return { part, broken };
}

const figuresPart = (kpi: string): string => `figures of ${kpi}`;

const readManifest = async (bucket: Bucket, { asOf, run }: MailDataInput): Promise<Manifest | undefined> =>
  run === undefined ? undefined : readState<Manifest>(bucket, manifestKey(asOf, run));

/** Where the checks broke off, or what they found cannot be read, no figure passes for checked. */
function findingsOf(
  company: Company,
  checks: CheckReport | undefined,
  broken: readonly BrokenPart[],
): readonly Finding[] {
  const unchecked = broken.find(({ step, item }) => step === 'check' || item === 'checks');
  return unchecked ? uncheckedFindings(company, unchecked.problem) : (checks?.findings ?? []);
}

/** A KPI whose figures cannot be read failed, whatever became of its measuring. */
function runsOf(
  kpis: readonly Kpi[],
  manifest: Manifest | undefined,
  broken: readonly BrokenPart[],
): readonly KpiRun[] {
  const unread = new Map(broken.map(({ item, problem }) => [item, problem]));
  const failed = kpis.flatMap(({ id, version }): KpiRun[] => {
    const problem = unread.get(figuresPart(id));
    const nothing = { rows: 0, seconds: 0, bytesScanned: null, kpiVersion: version };
    return problem ? [{ kpi: id, status: 'failed', ...nothing, problem }] : [];
  });
  const ids = new Set(failed.map(({ kpi }) => kpi));
  return [...(manifest?.kpis ?? []).filter(({ kpi }) => !ids.has(kpi)), ...failed];
}

/** What is loaded, source by source, in the order of vigie.yaml. Budgets lie ahead: nothing is later than the day. */
async function readFreshness(bucket: Bucket, company: Company, asOf: string): Promise<SourceFreshness[]> {
  const states: LoadedState[] = [];
  for await (const { key } of bucket.list('state/loaded/')) {
    const state = await readStateIfSound<LoadedState>(bucket, key);
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
