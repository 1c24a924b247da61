import type { AlertLink } from '../../lake/alerts/link.ts';
import type { Language } from '../../languages/language.ts';

/**
 * A mail as data: what it says, in order, in the reader's language. Renderers (report/mail/html.tsx, report/mail/text.ts) decide
 * how it looks and escape it; every text here is plain text.
 */
export interface MailContent {
  readonly language: Language;
  readonly subject: string;
  /** What the inbox shows after the subject. */
  readonly preheader: string;
  readonly blocks: readonly Block[];
}

/** How a move is to be read. Never told by colour alone: a sign or a word says it too. */
export type Tone = 'good' | 'bad' | 'calm';

export type Block =
  | TitleBlock
  | NoticeBlock
  | AlertsBlock
  | DashboardBlock
  | ListBlock
  | FigureBlock
  | SectionBlock
  | HeadingBlock
  | LinkBlock
  | FooterBlock;

export interface TitleBlock {
  readonly kind: 'title';
  readonly company: string;
  readonly date: string;
  /** The news, one or two sentences. */
  readonly lead: string;
}

/** Something that limits trust in what follows: late sources, incomplete figures, failures. */
export interface NoticeBlock {
  readonly kind: 'notice';
  readonly title: string;
  readonly items: readonly NoticeItem[];
}

export interface NoticeItem {
  readonly what: string;
  /** Second line: where, how much, what to do. */
  readonly detail: string | null;
}

export interface AlertsBlock {
  readonly kind: 'alerts';
  readonly title: string;
  readonly items: readonly AlertItem[];
}

export interface AlertItem {
  readonly severity: 'warning' | 'critical' | 'resolved' | 'unknown';
  /** `critical`, `back to normal` …, in the reader's language. */
  readonly badge: string;
  /** Which figure, and what it is: `Cart abandonment rate: 81.2%`. */
  readonly figure: string;
  /** `Above its limit of 75.0% since 19 November. The 7 days before: 71.6%.` */
  readonly why: string;
  /** What moved it. */
  readonly sentence: string | null;
  /** Where the site shows it; null where nobody said at which address that is. */
  readonly href: string | null;
  /** What to do. */
  readonly advice: string | null;
  /** Which alert it is, where somebody may say something of it; null: it is over, or its figure is not known. */
  readonly open: OpenAlertItem | null;
  /** What the reader may do about it, each by a link of his own (letters/act.ts). */
  readonly ways: readonly Way[];
}

/** An alert that is open, as its links name it. */
export type OpenAlertItem = Pick<AlertLink, 'rule' | 'member' | 'firedOn' | 'name' | 'unit'>;

export interface Way {
  readonly label: string;
  readonly href: string;
}

/** A headline figure. */
export interface FigureBlock {
  readonly kind: 'figure';
  readonly name: string;
  /** Its page of the day; null where nobody said at which address that is. */
  readonly href: string | null;
  readonly period: string;
  /** The figure in its unit; null says that there is none, and `note` says why. */
  readonly value: string | null;
  readonly noValue: string;
  readonly note: string | null;
  readonly comparisons: readonly Comparison[];
  readonly target: TargetLine | null;
  /** Where the window will end; null where nobody can tell, or it is over. */
  readonly outlook: string | null;
  readonly chart: Chart | null;
  /** What moved and why. */
  readonly sentence: string | null;
}

/** Figures that belong together, a line each: what somebody looks for first. */
export interface DashboardBlock {
  readonly kind: 'dashboard';
  readonly title: string;
  readonly rows: readonly DashboardRow[];
}

export interface DashboardRow
  extends Pick<FigureBlock, 'name' | 'href' | 'period' | 'value' | 'noValue' | 'note' | 'comparisons'> {
  /** Of the KPI. */
  readonly id: string;
  /** Of a forecast: its range and its usual error. */
  readonly outlook: string | null;
  /** How far along the whole of its target it is. */
  readonly whole: string | null;
  /** What it is made of: losses, stage by stage. */
  readonly parts: readonly DashboardPart[];
}

/** The top of a list of things to act on. */
export interface ListBlock {
  readonly kind: 'list';
  readonly title: string;
  readonly items: readonly ListItem[];
  /** How many more there are, and where; null where these are all. */
  readonly more: string | null;
  /** All of it for a spreadsheet, where it stands nowhere else. */
  readonly file: { readonly name: string; readonly text: string } | null;
}

export interface ListItem {
  /** Tells it apart: two may have one name. */
  readonly id: string;
  readonly name: string;
  readonly weight: string | null;
  readonly facts: string;
  /** What gave it its weight. */
  readonly reasons: string;
}

export interface DashboardPart {
  readonly name: string;
  readonly value: string;
  /** `12 of 240` */
  readonly detail: string | null;
  /** Against the window before, where that goes beyond noise. */
  readonly moved: Comparison | null;
  /** 0 to 1, for a bar; null where it has none. */
  readonly share: number | null;
}

/** `change` against `label`: `+4.0%`, `vs last year`. */
export interface Comparison {
  readonly change: string;
  readonly label: string;
  readonly tone: Tone;
}

/** How a figure stands against its target: the part that is due, and how far along the whole is. */
export interface TargetLine extends Comparison {
  /** `82% of the full €1,950,000`; null where the target is not for a longer span than the figure. */
  readonly whole: string | null;
}

/** A picture and the same in words. */
export interface Chart {
  /** Name within the mail: `net_revenue`. */
  readonly id: string;
  readonly alt: string;
  /** A value a day; null is a gap. Mails carry the line of them as PNG. */
  readonly values: readonly (number | null)[];
  /** In CSS pixels. */
  readonly width: number;
  readonly height: number;
}

/** The name of what the figures after it are about. */
export interface SectionBlock {
  readonly kind: 'section';
  readonly text: string;
}

export interface HeadingBlock {
  readonly kind: 'heading';
  readonly text: string;
}

export interface LinkBlock {
  readonly kind: 'link';
  readonly label: string;
  readonly href: string;
}

export interface FooterBlock {
  readonly kind: 'footer';
  readonly lines: readonly string[];
  readonly unsubscribe: { readonly label: string; readonly href: string } | null;
}

/** The pictures of a mail. */
export const chartsOf = (content: MailContent): Chart[] =>
  content.blocks.flatMap((block) => (block.kind === 'figure' && block.chart ? [block.chart] : []));

/** The files of a mail. */
export const filesOf = (content: MailContent): NonNullable<ListBlock['file']>[] =>
  content.blocks.flatMap((block) => (block.kind === 'list' && block.file ? [block.file] : []));
