import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { type Labels, readLabels } from '../../lake/catalogue/labels.ts';
import type { Company } from '../../lake/company/company.ts';
import type { FigureRow } from '../../lake/snapshot/figures-table.ts';
import { figureValue, type SnapshotRow, snapshotPrefix } from '../../lake/snapshot/snapshot.ts';
import { readFigures } from '../../lake/snapshot/store.ts';
import { lastOfMonth } from '../../lake/values/day.ts';
import { wordIn } from '../../lake/values/language.ts';
import type { Bucket } from '../../platform/bucket.ts';
import type { Platform } from '../../platform/platform.ts';

/** Of the figures that are exported; what is left out: all. Days are as-of days, both included. */
export interface ExportedPart {
  readonly kpis: readonly Kpi[];
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** The figures as they were known at this instant (ISO UTC). */
  readonly knownAt?: string | undefined;
  /** Without the members of dimensions. */
  readonly totals?: boolean | undefined;
}

/** What of a KPI is told: its windows, but for those that the company has off, and its dimensions. What it had before is not. */
export interface ToldKpi {
  readonly kpi: Kpi;
  readonly name: string;
  readonly periods: readonly PeriodName[];
  readonly dimensions: readonly string[];
}

/** Whose figures they are, and where they are. */
export interface FiguresOf {
  readonly company: Company;
  readonly platform: Pick<Platform, 'bucket'>;
}

/** Names are in English: what a column holds is the same for everybody who reads it. */
export const told = ({ company }: Pick<FiguresOf, 'company'>, kpi: Kpi): ToldKpi => ({
  kpi,
  name: wordIn(kpi.names, { tag: 'en' }),
  periods: kpi.windows.filter((window) => !company.kpis.windows_off.includes(window)),
  dimensions: Object.keys(kpi.dimensions),
});

/**
 * The newest recording of every day, a KPI and month at a time, so that memory stays the same however long it goes back. `known`:
 * the names of members, where somebody has read them already.
 */
export async function* figureRows(
  of: FiguresOf,
  part: ExportedPart,
  known?: Labels,
): AsyncGenerator<FigureRow[]> {
  const { bucket } = of.platform;
  const labels = known ?? (await readLabels(bucket));
  for (const kpi of part.kpis) {
    const shown = told(of, kpi);
    for (const month of await monthsOf(bucket, kpi, part)) {
      const rows = await readFigures(bucket, {
        ...{ kpis: [kpi.id], periods: shown.periods },
        from: latest(`${month}-01`, part.from),
        to: earliest(lastOfMonth(`${month}-01`), part.to),
        ...(part.knownAt !== undefined && { knownAt: part.knownAt }),
        ...(part.totals && { dimension: null }),
      });
      const kept = rows.filter(({ dimension }) => dimension === null || shown.dimensions.includes(dimension));
      if (kept.length > 0) yield kept.map((row) => rowOf(of, shown, row, labels));
    }
  }
}

/** Months of which anything is recorded. */
export async function monthsOf(
  bucket: Bucket,
  kpi: Kpi,
  { from, to }: Pick<ExportedPart, 'from' | 'to'> = {},
): Promise<string[]> {
  const folders = await bucket.folders(snapshotPrefix(kpi.id));
  return folders
    .flatMap((name) => /^month=(\d{4}-\d{2})$/.exec(name)?.[1] ?? [])
    .filter(
      (month) =>
        (from === undefined || month >= from.slice(0, 7)) && (to === undefined || month <= to.slice(0, 7)),
    );
}

const latest = (day: string, other: string | undefined): string =>
  other !== undefined && other > day ? other : day;
const earliest = (day: string, other: string | undefined): string =>
  other !== undefined && other < day ? other : day;

function rowOf({ company }: FiguresOf, { kpi, name }: ToldKpi, row: SnapshotRow, labels: Labels): FigureRow {
  const { dimension, member, unit } = row;
  // One literal: rows of one shape are many times as quick to make and to read.
  return {
    kpi: kpi.id,
    kpi_name: name,
    theme: kpi.theme,
    as_of: row.asOf,
    period: row.period,
    comparison: row.comparison,
    dimension,
    member,
    member_name: dimension === null || member === null ? null : (labels.name(dimension, member) ?? null),
    numerator: row.numerator,
    denominator: row.denominator,
    value: figureValue(row, kpi.ratio),
    unit,
    currency: unit === 'currency' ? company.company.currency : null,
    quality: row.quality,
    version: row.version,
    recorded_at: row.recordedAt,
    run: row.run,
  };
}
