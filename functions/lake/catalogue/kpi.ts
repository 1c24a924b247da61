import { z } from 'zod';
import type { VigieError } from '../../platform/errors.ts';
import { type Words, words } from '../values/language.ts';
import { directions, periodNames, themes, units } from '../values/vocabulary.ts';
import type { Cube } from './cube.ts';
import type { Dimension } from './dimension.ts';

export {
  type ComparisonName,
  comparisonNames,
  type FigureKind,
  figureKinds,
  isComparison,
  type PeriodName,
  periodNames,
  type Theme,
  themes,
} from '../values/vocabulary.ts';

/** Roles that figures are shown to. */
export const audiences = ['executive', 'sales', 'marketing', 'ecommerce', 'finance'] as const;
export const benchmark = z.strictObject({ value: z.number(), source: z.string(), year: z.int().optional() });

const reach = z.union([z.int().min(0), z.literal('all')]).default(0);
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _');

/**
 * Tables of which days beyond the windows are needed: `history` before a window's first day, `ahead` after its last (an
 * item is added on one day, its cart settles on a later one). `all`: unbounded. All others are known from the SELECT.
 * `optional`: what it counts is also in other tables, so that a company without this one has figures (leads, but no deals).
 */
export const reaches = z
  .record(name, z.strictObject({ history: reach, ahead: reach, optional: z.boolean().default(false) }))
  .default({});

/** The front matter of `sql/kpis/<id>.sql`. What follows from it, and from the SELECT, is in `Kpi`. */
export const kpiFrontMatter = z.strictObject({
  names: words,
  /** What it measures and what is left out, in one or two sentences: the definition people see. */
  describes: words,
  /** What to do when it moves the wrong way, in two sentences: alerts say it. */
  advice: words.optional(),
  unit: z.enum(units),
  /** What is counted: a measure's value by its name, or a quantity of the SELECT's rows (`sum net_amount`). */
  numerator: z.string().optional(),
  /** The same for what it is divided by; `whole revenue`: of every member, the total. Without it there is none. */
  denominator: z.string().optional(),
  /** Measures of which the SELECT makes numerator and denominator, `FROM measured`. */
  measures: z.array(name).min(1).optional(),
  /** Only where the SELECT returns numerator and denominator itself: whether there is a denominator … */
  ratio: z.boolean().optional(),
  /** … and whether those of the members of a dimension add up to the total. */
  additive: z.boolean().optional(),
  /**
   * A measure's value, `opening …`: what was not known yet when a window began. While it is above 0 the window has no figure, nor
   * has a member of which it is told; one of which it is not told goes with the total.
   */
  unknown: z.string().optional(),
  good: z.enum(directions),
  windows: z.array(z.enum(periodNames)).min(1),
  headline: z.enum(periodNames),
  /** Names of sql/dimensions.yaml. The total is always there and not listed. */
  dimensions: z.array(name).default([]),
  reads: reaches,
  /** Days from what enters to when it counts, of a rate by entry: nothing of the first days of data can be in it. */
  ripens: z.int().min(1).optional(),
  /** Days after which what happened is known, of a figure of a table that is `late`: it counts so much later, and is told so. */
  late: z.int().min(1).optional(),
  /**
   * Its figure of a month or quarter that runs is what is expected by the end; on the last day, what came. It is told as a
   * forecast, with an interval made of how far earlier ones were wrong. The SELECT returns the current windows alone.
   */
  forecasts: z.literal(true).optional(),
  /**
   * Its denominator counts people who were asked, its numerator is the sum of what each answered: a share of 0 to 1, or points of
   * −100 to 100. Those who were not asked would have answered otherwise: it is told with an interval (lake/snapshot/survey.ts).
   */
  survey: z.literal(true).optional(),
  /**
   * Its figures are estimates of a month in equal parts: days between two months are steps that nothing made. So a change is split,
   * and nobody is named as its cause: what is usual of such windows says nothing.
   */
  estimate: z.literal('monthly').optional(),
  /** What others reach. `value` in the KPI's unit (0.75 for 75 %); `year`: of the source, where it says one. */
  benchmark: benchmark.optional(),
  /** What it is about: the section in which it is shown, and what a company chooses by. */
  theme: z.enum(themes),
  audience: z.array(z.enum(audiences)).min(1),
});
export type KpiFrontMatter = z.infer<typeof kpiFrontMatter>;

/** Days of a table needed beyond the windows, and whether figures can do without it; null: no such days, and they cannot. */
export type Reads = Readonly<
  Record<
    string,
    { readonly history: number | 'all'; readonly ahead: number | 'all'; readonly optional?: boolean } | null
  >
>;

/** A KPI as it was read from its file. */
export interface Kpi extends Omit<KpiFrontMatter, 'dimensions' | 'reads' | 'ratio' | 'additive'> {
  /** File name without `.sql`. */
  readonly id: string;
  readonly file: string;
  /** The SELECT, and the line of the file on which it begins; empty where measures alone say what is counted. */
  readonly sql: string;
  readonly sqlLine: number;
  /** Whether a figure has a denominator. */
  readonly ratio: boolean;
  readonly additive: boolean;
  /** What Vigie counts; null where the SELECT joins `periods` and returns figures itself. */
  readonly cube: Cube | null;
  /** The dimensions of its figures, by the id that figures have, with their names. */
  readonly dimensions: Readonly<Record<string, Words>>;
  /** The same, with where their members come from. */
  readonly brokenDownBy: readonly Dimension[];
  /** Every table it reads: through views, measures and dimensions too. */
  readonly reads: Reads;
  /** Of these, the ones whose rows it counts: without any of them there is no figure. */
  readonly counts: readonly string[];
  /** Tables its figures depend on: what it reads, the rates of its amounts, what names its members. */
  readonly dependsOn: readonly string[];
  /** Views and measures that the SELECT and the cube read themselves. */
  readonly views: readonly string[];
  /** What to do when it goes wrong: anchor in docs/kpis.md. */
  readonly runbook: string;
  /** Changes when the figures may change (version.ts). */
  readonly version: string;
  /** The file of a company's folder that changes what it says. */
  readonly adjustedBy?: string;
  /** Why it cannot be computed: a mistake in its file, or in what it needs. Its other facts are those that could be read. */
  readonly problem?: VigieError;
}

/**
 * The columns a figure has, and a SELECT over `periods` or `measured` returns, by name. `dimension` and `member` null for the
 * total; a member that is not known is `(unknown)`. A window without any data has no row: no data is not zero.
 */
export const kpiOutput = [
  'as_of',
  'period',
  'comparison',
  'dimension',
  'member',
  'numerator',
  'denominator',
] as const;

/** Stands for a member nobody knows: a customer without a region. */
export const UNKNOWN_MEMBER = '(unknown)';
/** Stands for all members beyond the top N. */
export const OTHER_MEMBERS = '(other)';
