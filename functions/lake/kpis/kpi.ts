import { z } from 'zod';
import { type TableName, tableNames } from '../schema/tables.ts';

/** Windows, by name. `last_7d` is the 7 days that end on the as-of date; `mtd` runs from the first of its month. */
export const periodNames = ['day', 'last_7d', 'last_28d', 'mtd', 'qtd', 'ytd', 'last_365d'] as const;
export type PeriodName = (typeof periodNames)[number];

/** `previous`: the window just before; `last_year`: 364 days before (day, 7d, 28d) or the same dates a year before. */
export const comparisonNames = ['current', 'previous', 'last_year'] as const;
export type ComparisonName = (typeof comparisonNames)[number];

/** What a snapshot row can be: a window's figure, or the target of the current window (measured from the table `targets`). */
export const figureKinds = [...comparisonNames, 'target'] as const;
export type FigureKind = (typeof figureKinds)[number];

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

const words = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) });

export const units = ['currency', 'count', 'percent', 'ratio', 'days', 'points', 'units'] as const;

const reach = z.union([z.int().min(0), z.literal('all')]).default(0);

/** The front matter of `sql/kpis/<id>.sql`. */
export const kpiFrontMatter = z.strictObject({
  names: words,
  /** What it measures and what is left out, in one or two sentences: the definition people see. */
  describes: words,
  unit: z.enum(units),
  /** Whether the SELECT returns a denominator (a ratio) or none (a plain count or amount). */
  ratio: z.boolean(),
  good: z.enum(['up', 'down', 'neither']),
  /**
   * `day`: the SELECT returns one row a day, dimension and member, and Vigie adds days up into windows: for whatever
   * adds up from day to day. `window`: the SELECT joins `periods` and returns the windows itself: distinct customers.
   */
  grain: z.enum(['day', 'window']).default('window'),
  windows: z.array(z.enum(periodNames)).min(1),
  headline: z.enum(periodNames),
  /** Dimension id to its name. The total is always there and not listed. */
  dimensions: z.record(z.string().regex(/^[a-z][a-z_]*$/), words).default({}),
  /**
   * Tables read, each with the days of `history` needed before a window's first day and `ahead`, after its last day
   * (an item is added on one day, its cart settles on a later one). `all`: unbounded.
   */
  reads: z
    .partialRecord(
      z.enum(tableNames as [string, ...string[]]),
      z.strictObject({ history: reach, ahead: reach }).nullable(),
    )
    .refine((reads) => Object.keys(reads).length > 0, 'names no table'),
  /** Shared relations of sql/views used by the SELECT; the tables they read must be in `reads`. */
  views: z.array(z.string()).default([]),
  /** Whether numerator (and denominator) of the members of a dimension add up to the total. */
  additive: z.boolean(),
  /** What others reach. `value` in the KPI's unit (0.75 for 75 %). */
  benchmark: z.strictObject({ value: z.number(), source: z.string() }).optional(),
  audience: z.array(z.enum(['executive', 'sales', 'marketing', 'ecommerce', 'finance'])).min(1),
  /** What to do when it goes wrong: anchor in docs/kpis.md or a URL. */
  runbook: z.string(),
});
export type KpiFrontMatter = z.infer<typeof kpiFrontMatter>;

/** A KPI as it was read from its file. */
export interface Kpi extends KpiFrontMatter {
  /** File name without `.sql`. */
  readonly id: string;
  readonly file: string;
  /** The SELECT, and the line of the file on which it begins. */
  readonly sql: string;
  readonly sqlLine: number;
  /** Tables its figures depend on: what it reads, the rates of its amounts, what names its members. */
  readonly dependsOn: readonly TableName[];
  /** Changes when the figures may change: hash of front matter, SELECT and views. */
  readonly version: string;
}

/**
 * The columns a figure has, and the SELECT of a KPI of grain `window` returns, by name. `dimension` and `member` null
 * for the total; a member that is not known is `(unknown)`. A window without any data has no row: no data is not zero.
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

/** What the SELECT of a KPI returns, by its grain. Vigie makes the windows of grain `day`. */
export const selectOutput = ({ grain, ratio }: Pick<Kpi, 'grain' | 'ratio'>): readonly string[] =>
  grain === 'window'
    ? kpiOutput
    : ['day', 'dimension', 'member', 'numerator', ...(ratio ? ['denominator'] : [])];

/** Stands for a member nobody knows: a customer without a region. */
export const UNKNOWN_MEMBER = '(unknown)';
/** Stands for all members beyond the top N. */
export const OTHER_MEMBERS = '(other)';
