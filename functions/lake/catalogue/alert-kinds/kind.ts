import { z } from 'zod';
import type { Language } from '../../../languages/language.ts';
import type { Unknown, Usual } from '../../series/watched.ts';
import { type FigureKind, type Kpi, type PeriodName, periodNames } from '../kpi.ts';

/** What every rule of `alerts:` in vigie.yaml may say, whatever its kind. */
const common = {
  id: z.string().regex(/^[a-z][a-z0-9_-]*$/, 'lower case letters, digits, - and _'),
  kpi: z.string(),
  /** Window judged; default the KPI's headline window. */
  period: z.enum(periodNames).optional(),
  /** Judge every member of this dimension instead of the total; one alert a member. */
  dimension: z.string().optional(),
  /** … or only these members. */
  members: z.array(z.string()).optional(),
  /** The level, on one side: in the KPI's unit or as the kind says. `clear`: where it is over, default the same. */
  above: z.number().optional(),
  below: z.number().optional(),
  clear: z.number().optional(),
  /** Runs (trading days) in a row for which the condition must hold before it fires. */
  for: z.int().min(1).default(1),
  severity: z.enum(['warning', 'critical']).default('warning'),
  /** A rate is judged only with at least this denominator; an amount or count with at least this numerator. */
  min_volume: z.number().min(0).default(0),
  /** For shares of a whole: fire only when the Wilson interval of this confidence excludes the limit. */
  confidence: z.number().gt(0.5).lt(1).optional(),
  /** While firing, tell again after this many days; absent: never. */
  renotify_after_days: z.int().min(1).optional(),
  /** Runs in a row below the clear level before it is resolved. */
  recover_for: z.int().min(1).default(1),
  /** Roles told; default ops and the KPI's audience. */
  notify: z.array(z.string()).optional(),
};

export type CommonRule = z.infer<z.ZodObject<typeof common>>;
type RuleOf<Kind extends string, Own extends z.ZodRawShape> = CommonRule & { readonly kind: Kind } & z.infer<
    z.ZodObject<Own>
  >;

/** Where a kind finds the figures it measures against: those of the rule's KPI, window and member. */
export interface Look {
  /** A figure of the day judged; null where there is none, or it is late or incomplete. */
  figure(kind: FigureKind): number | null;
  /** What the figure usually is on such a day, by the days before it, or why nobody can say. */
  usual(): Usual | Unknown;
}

/** How a rule's level becomes one in the KPI's unit. */
export interface Scale {
  at(level: number): number;
  /** The figure that the level is made from; null for a fixed one. */
  readonly base: number | null;
}

/** Where a window will end, of a kind that judges that in place of the figure itself. */
export interface Ahead {
  /** What is told: the forecast, in the KPI's unit. */
  readonly expected: number;
  /** The end of its range that must be beyond the level. */
  readonly nearest: number;
  readonly basis: RangeBasis;
}

/** The range of a forecast, as it is kept with an alert: the end lies within it four times in five. */
export interface RangeBasis {
  readonly low: number;
  readonly high: number;
}

/** What an alert was judged by beside its level. */
export type AlertBasis = UsualBasis | RangeBasis;

/** What a figure was judged by that is held against what is usual, as it is kept with an alert. */
export interface UsualBasis {
  readonly expected: number;
  /** Days whose own deviations told how far is far. */
  readonly days: number;
  readonly used: Usual['used'];
}

/** Which side of what a figure is on, in words that follow the figure. */
export interface Phrase {
  /** For the subject: `above its limit`. */
  readonly short: string;
  /** With the level, already formatted: `above its limit of 75.0%`; null where the level is not known. */
  readonly long: (level: string | null) => string;
}

/** Something in a rule that the schema cannot see. */
export interface RuleMistake {
  /** The key of the rule that is wrong. */
  readonly field: string;
  readonly message: string;
}

/**
 * A kind of alert: one file of this folder, and its line in kinds.ts. All that differs from kind to kind is here: what its
 * rules may say, what they measure against and how far back, what is a mistake, what is said to people.
 */
export interface AlertKind<Kind extends string = string, Own extends z.ZodRawShape = z.ZodRawShape> {
  readonly kind: Kind;
  /** Keys of its own in vigie.yaml. */
  readonly fields: Own;
  /** What a signed level means on either side, for whoever gave the wrong sign; null: the level is in the KPI's unit. */
  readonly signs: { readonly above: string; readonly below: string } | null;
  /** Figures that it looks at beside the current one. */
  figures(rule: RuleOf<Kind, Own>): readonly FigureKind[];
  /** Days before the day judged that it looks back. */
  history(rule: RuleOf<Kind, Own>): number;
  /** Whether it asks what is usual of a day. */
  readonly asksUsual?: boolean;
  /**
   * Of a kind that looks ahead: where the window will end, null where that is not known. What it opens ends with the window.
   */
  ahead?(rule: RuleOf<Kind, Own>, look: Look): Ahead | null;
  /** What the level is measured in; null where there is nothing to measure against. */
  scale(rule: RuleOf<Kind, Own>, kpi: Kpi, look: Look): Scale | null;
  /** What this KPI and window have no use for. */
  mistakes(rule: RuleOf<Kind, Own>, kpi: Kpi, period: PeriodName): readonly RuleMistake[];
  /** What is said; in a language that the kind has no words in, what is said of any limit. */
  phrase(rule: RuleOf<Kind, Own>, period: PeriodName, language: Language): Phrase;
  /**
   * What it was judged by, and what it could not have seen, of a rule that asks what is usual or looks ahead; null without
   * words for it. `level`: as it is written; `write` writes others.
   */
  explain?(
    rule: RuleOf<Kind, Own>,
    basis: AlertBasis,
    language: Language,
    written: { readonly level: string | null; readonly write: (value: number) => string },
  ): string | null;
}

const oneSide = (rule: object): boolean => {
  const { above, below } = rule as Pick<CommonRule, 'above' | 'below'>;
  return (above === undefined) !== (below === undefined);
};

/** A kind with the schema of its rules. */
export const defineAlertKind = <Kind extends string, Own extends z.ZodRawShape>(
  definition: AlertKind<Kind, Own>,
) => ({
  ...definition,
  schema: z
    .strictObject({ kind: z.literal(definition.kind), ...common, ...definition.fields })
    .refine(oneSide, 'give either `above` or `below`'),
});

/** The level of a rule, on whichever side it is. */
export const boundOf = (rule: Pick<CommonRule, 'above' | 'below'>): number =>
  (rule.above ?? rule.below) as number;

/** Measured relative to a figure: a level of 0.2 is 20 % more than it. Null without one, or where it is 0. */
export const relativeTo = (base: number | null): Scale | null =>
  base === null || base === 0 ? null : { at: (level) => base + level * Math.abs(base), base };

/** What is said of kinds whose levels are relative. */
export const RELATIVE_SIGNS = {
  above: 'positive: 0.2 is 20 % more',
  below: 'negative: -0.2 is 20 % less',
} as const;
