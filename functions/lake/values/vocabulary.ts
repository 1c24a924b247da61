/** Windows, by name. `last_7d` is the 7 days that end on the as-of date; `mtd` runs from the first of its month. */
export const periodNames = ['day', 'last_7d', 'last_28d', 'mtd', 'qtd', 'ytd', 'last_365d'] as const;
export type PeriodName = (typeof periodNames)[number];

/** `previous`: the window just before; `last_year`: 364 days before (day, 7d, 28d) or the same dates a year before. */
export const comparisonNames = ['current', 'previous', 'last_year'] as const;
export type ComparisonName = (typeof comparisonNames)[number];

export const isComparison = (kind: FigureKind): kind is ComparisonName =>
  (comparisonNames as readonly string[]).includes(kind);

/**
 * Of a window that runs on: what it will be at its end, the range in which that lies four times in five, and how far such
 * forecasts usually are off (all in the KPI's unit). Never an actual figure.
 */
export const forecastKinds = ['forecast', 'forecast_low', 'forecast_high', 'forecast_error'] as const;
export type ForecastKind = (typeof forecastKinds)[number];

/** What a snapshot row can be: a window's figure, the target of the current window (measured from the table `targets`), or its forecast. */
export const figureKinds = [...comparisonNames, 'target', 'full_target', ...forecastKinds] as const;
export type FigureKind = (typeof figureKinds)[number];

/** What figures are measured in. `percent` values are fractions (0.81). */
export const units = ['currency', 'count', 'percent', 'ratio', 'days', 'points', 'units'] as const;
export type Unit = (typeof units)[number];

/** What a figure is about. Sections of mails and page are themes, in this order unless the company lives by another. */
export const themes = [
  'sales',
  'storefront',
  'booking',
  'customers',
  'funnel',
  'channels',
  'competition',
] as const;
export type Theme = (typeof themes)[number];

/** Which way a figure should go. */
export const directions = ['up', 'down', 'neither'] as const;
export type Direction = (typeof directions)[number];

/** What happened that figures do not say themselves, as people note it. */
export const eventKinds = ['promotion', 'closure', 'release', 'stock_out', 'other'] as const;
export type EventKind = (typeof eventKinds)[number];
