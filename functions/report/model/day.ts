import type { BusinessEvent } from '../../lake/alerts/events.ts';
import type { AlertReport } from '../../lake/catalogue/alert.ts';
import type { FigureKind, Kpi, PeriodName, Theme } from '../../lake/catalogue/kpi.ts';
import type { Labels } from '../../lake/catalogue/labels.ts';
import type { List } from '../../lake/catalogue/list.ts';
import type { BoundRule } from '../../lake/company/alert-rules.ts';
import type { Company } from '../../lake/company/company.ts';
import type { Member, Members } from '../../lake/company/members.ts';
import type { ChangeExplanation } from '../../lake/drivers/explain-change.ts';
import type { Redefined } from '../../lake/run/definitions.ts';
import type { BrokenPart, KpiRun } from '../../lake/run/manifest.ts';
import type { Finding, Quality } from '../../lake/snapshot/finding.ts';
import type { ListEntry } from '../../lake/snapshot/list-entries.ts';
import type { Tables } from '../../lake/tables/tables.ts';
import type { Words } from '../../lake/values/language.ts';
import type { AlertSpan } from './alert-spans.ts';
import type { AlertOfDay } from './alerts.ts';

/**
 * Everything that is told of a day, in no language and no form: built once (read-day.ts), the same for every reader.
 * Mails, report, chat and terminal are renderers of it. What could not be read is left out and named under `broken`.
 */
export interface Day {
  readonly company: Company;
  readonly asOf: string;
  /** The instant as of whose knowledge figures are shown (ISO UTC); null: what is known now. */
  readonly knownAt: string | null;
  /** Every KPI that is on and concerns the company, theme by theme, in the order of `themes`; in each the headline figures first. */
  readonly kpis: readonly KpiDay[];
  /** The themes of the company, what it lives by first. */
  readonly themes: readonly Theme[];
  /** What to act on, of KPIs that are on; without those that are empty. */
  readonly lists: readonly DayList[];
  /** KPIs that it goes without, with the reason. */
  readonly unreliable: readonly UnreliableKpi[];
  /** When the newest figure of the day was recorded, and by which run; null where there is none. */
  readonly computed: Recorded | null;
  /** Open now, worst first; muted ones too. */
  readonly openAlerts: readonly AlertOfDay[];
  /** What happened to alerts on the day, in the order of the rules; `resolved` ones among them. */
  readonly alertNews: readonly AlertOfDay[];
  /** What was judged of each day of the last year, ascending; of a look at a day, nothing. */
  readonly history: readonly AlertReport[];
  /** What happened that figures do not say: of two years before the day, and planned for the quarter after it. */
  readonly events: readonly BusinessEvent[];
  /** Rules in force. */
  readonly rules: readonly BoundRule[];
  /** What the checks found; where they broke off, every table counts as unchecked. */
  readonly findings: readonly Finding[];
  /** How each KPI's measuring went; empty when nobody knows (a look at an old day). */
  readonly runs: readonly KpiRun[];
  /** What the run measured by other definitions than the day before; null where nothing, or for a look at a day. */
  readonly redefined: Redefined | null;
  /** How far each source has delivered, in the order of vigie.yaml. */
  readonly sources: readonly SourceFreshness[];
  /** Names of members that are ids. */
  readonly labels: Labels;
  /** The tables there are, the company's own too, as people say them. */
  readonly tables: Tables;
  /** Parts of the morning that broke off: of the run, and of what was to be read for this. */
  readonly broken: readonly BrokenPart[];
  /** Of whose figures alone it tells (for-members.ts); null: of the company's. */
  readonly of: Members | null;
}

/** A list as it was made for the day. */
export interface DayList {
  readonly list: List;
  readonly entries: readonly ListEntry[];
}

/** A KPI that a company switched off, and why. */
export interface UnreliableKpi {
  readonly kpi: Kpi;
  readonly reason: string | Words;
}

/** Everything that is told of one KPI. */
export interface KpiDay {
  readonly kpi: Kpi;
  /** Whose figures they are; null: the total's. */
  readonly of: MemberOfKpi | null;
  /** The window shown first: its headline, or its first one where the company leaves that out. */
  readonly period: PeriodName;
  /** How far its figures can be trusted; a stale one is compared with nothing. `findings` say why. */
  readonly quality: Quality;
  /** The windows the company sees, in the catalogue's order. */
  readonly windows: readonly WindowFigures[];
  /** What moved it, by window; a window that nobody explained, or of a late figure, has none. */
  readonly causes: Readonly<Partial<Record<PeriodName, Causes>>>;
  /** The last weeks beside a headline figure. */
  readonly sketch: Sketch;
  /** The last year; null while fewer than two days have a value. */
  readonly trend: TrendFigures | null;
  /** Of a window that runs on: its way from its first day to its last; null of the others, and of one without a value. */
  readonly course: CourseFigures | null;
  /** Days on which its alerts were open, within the trend. */
  readonly spans: readonly AlertSpan[];
  /** Its members in the window shown first, a list for each dimension. */
  readonly breakdowns: readonly Breakdown[];
  /** Which run recorded the day's figures, and when; null when none are recorded. */
  readonly recorded: Recorded | null;
  /** Whether anything was recorded of it in the last weeks. */
  readonly isMeasured: boolean;
}

/** A member as a KPI knows it. */
export interface MemberOfKpi extends Member {
  /** Why there can be no figure of it: the KPI is not broken down by the dimension, or only by its largest members. */
  readonly missing: 'no dimension' | 'among others' | null;
}

export interface Recorded {
  readonly run: string;
  /** ISO UTC. */
  readonly at: string;
}

/** A figure with what it was made from; `value` null where there is none (a denominator of zero). */
export interface Figure {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** A window, or a member of a dimension, with what it is compared with. */
export interface ComparedFigure {
  /** What is recorded: the window's own figure, the earlier ones, the target (the part that is due, and the whole). */
  readonly figures: Readonly<Partial<Record<FigureKind, Figure>>>;
  /** Against which of them the change goes beyond noise: other changes have no colour. */
  readonly notable: ReadonlySet<FigureKind>;
}

export interface WindowFigures extends ComparedFigure {
  readonly period: PeriodName;
  /** The window's value on each of the last 13 weeks' days, from the first that has one; null where there is none. */
  readonly recent: readonly (number | null)[];
}

export interface MemberFigures extends ComparedFigure {
  readonly member: string;
  /** Part of the total (of the numerator, or of the denominator of a ratio), where members add up to it. */
  readonly share: number | null;
  /** Its last weeks; null of members that nobody is told of by themselves. */
  readonly sketch: Sketch | null;
}

export interface Breakdown {
  readonly dimension: string;
  /** Largest first; unknown and other members last. */
  readonly members: readonly MemberFigures[];
}

/** The small line: days of trade of the last four weeks, in the window shown or, of a running total, day by day. */
export interface Sketch {
  readonly period: PeriodName;
  readonly points: readonly { readonly date: string; readonly value: number | null }[];
}

export interface TrendFigures {
  readonly period: PeriodName;
  /** Every day, ascending, from the first that has a value. */
  readonly dates: readonly string[];
  readonly values: readonly (number | null)[];
  readonly lastYear: readonly (number | null)[];
  readonly targets: readonly (number | null)[];
}

/** A month, quarter or year to date, day by day: `dates` go to its last day, values only to the as-of date. */
export interface CourseFigures extends TrendFigures {
  /** Where it is to end, and where it will; null where nobody said, or can tell. */
  readonly end: Readonly<Record<'target' | 'forecast' | 'low' | 'high', number | null>>;
}

/** What moved a figure, and against which window. */
export interface Causes {
  readonly against: 'previous' | 'last_year';
  readonly explanation: ChangeExplanation;
}

/** Up to which business date a source has delivered. */
export interface SourceFreshness {
  readonly source: string;
  readonly lastDate: string | null;
  /** Tables the source feeds. */
  readonly tables: readonly string[];
}

/** A figure's value; null where none is recorded, or it has none. */
export const figureValueOf = (
  line: ComparedFigure | undefined,
  kind: FigureKind = 'current',
): number | null => line?.figures[kind]?.value ?? null;

/** Whether anything at all is known of the KPI on the day. */
export const hasFigures = ({ recorded, windows }: KpiDay): boolean =>
  recorded !== null &&
  windows.some(
    (line) =>
      (line.figures.current?.numerator ?? null) !== null ||
      figureValueOf(line, 'previous') !== null ||
      figureValueOf(line, 'last_year') !== null,
  );

/** The window shown first. */
export const headlineOf = ({ windows, period }: KpiDay): WindowFigures | undefined =>
  windows.find((window) => window.period === period);
