import type { Direction, EventKind, FigureKind, PeriodName, Theme, Unit } from '../lake/values/vocabulary.ts';

/**
 * Everything that Vigie says to a person in one language, and how that language writes dates, numbers and plurals. A
 * language is one file of this folder and its line in languages.ts. Names of KPIs, dimensions and tables, and the words
 * of checks and of kinds of alert, stand with the thing itself (lake/values/language.ts says what is shown where a thing
 * has no words in a language).
 *
 * Functions take texts that are already formatted and cleaned, and counts as numbers.
 */
export interface Language {
  /** As vigie.yaml and sql/ name it: `en`. */
  readonly tag: string;
  /** What it calls itself. */
  readonly name: string;
  /** How Intl writes dates, numbers, lists and plural forms: `en-GB`. */
  readonly locale: string;
  readonly writing: Writing;
  /** Sections of mails and page. */
  readonly themes: Readonly<Record<Theme, string>>;
  readonly figures: FigureWords;
  readonly forecast: ForecastWords;
  readonly mail: MailWords;
  readonly alerts: AlertWords;
  readonly events: EventWords;
  readonly trust: TrustWords;
  readonly causes: CauseWords;
  readonly page: PageWords;
  readonly lists: ListWords;
  readonly members: MemberWords;
  readonly ask: AskWords;
  readonly review: ReviewWords;
  readonly links: LinkWords;
}

/** One text for each plural form that the language tells apart (Intl.PluralRules). */
export type PluralForms = { readonly other: string } & {
  readonly [form in Exclude<Intl.LDMLPluralRule, 'other'>]?: string;
};

/** Marks and small changes that the language makes to words of others. */
export interface Writing {
  readonly colon: string;
  readonly semicolon: string;
  readonly percent: (number: string) => string;
  /** A name of somebody's data in the middle of a sentence. */
  readonly quoted: (name: string) => string;
  /** A name for the middle of a sentence: `Net revenue` → `net revenue`. */
  readonly inSentence: (name: string) => string;
  /** The day of the month in a date: `1er`. */
  readonly dayOfMonth: (day: string) => string;
}

export interface FigureWords {
  readonly noValue: string;
  readonly days: PluralForms;
  readonly points: PluralForms;
  readonly units: PluralForms;
  /** Percentage points, as short as they are said after a number. */
  readonly percentagePoints: PluralForms;
  /** Windows, as they follow a figure's name: `last 7 days`. */
  readonly periods: Readonly<Record<PeriodName, string>>;
  /** After a change against the window before: `vs the 7 days before`. */
  readonly vsPrevious: Readonly<Record<PeriodName, string>>;
  readonly vsLastYear: string;
  /** The window before, in a sentence: `the 7 days before`. */
  readonly previous: Readonly<Record<PeriodName, string>>;
  readonly lastYear: string;
  /** Of a survey: between what the figure would lie had everybody been asked, 19 times in 20, and how many answered. */
  readonly interval: (low: string, high: string, answers: string) => string;
  /** What others reach, and how far the figure is from it. */
  readonly benchmark: (value: string, gap: string) => string;
  /** `12 of 240` */
  readonly outOf: (part: string, whole: string) => string;
  readonly unknownMember: string;
  readonly otherMembers: string;
}

/** What is said of where a window that runs on will end. */
export interface ForecastWords {
  /** The window of a figure that is a forecast itself, in the place of `month to date`. */
  readonly periods: Readonly<Record<'mtd' | 'qtd' | 'ytd', string>>;
  /** Under a figure to date: `Forecast by the end of the month: €1.2M`. */
  readonly byTheEnd: Readonly<Record<'mtd' | 'qtd' | 'ytd', (value: string) => string>>;
  /** Under a figure that is a forecast itself. */
  readonly itself: string;
  /** Where it lies four times in five. */
  readonly range: (low: string, high: string) => string;
  readonly usualError: (share: string) => string;
  /** Too few earlier windows tell how far off it may be. */
  readonly untried: string;
}

export interface ChartFacts {
  readonly points: number;
  readonly daily: boolean;
  readonly low: string;
  readonly lowDate: string;
  readonly high: string;
  readonly highDate: string;
  readonly last: string;
  readonly lastDate: string;
}

export interface MailWords {
  readonly unchanged: string;
  readonly target: (value: string) => string;
  /** Where the target is for a span that runs on: the part that is due. */
  readonly targetDue: (value: string) => string;
  readonly targetWhole: (share: string, value: string) => string;
  /** Above what does not fit the first screens. */
  readonly more: string;
  /** Above the figures that a head of sales asks for first. */
  readonly dashboard: string;
  readonly figuresOf: (date: string, computed: string) => string;
  readonly sources: (list: string) => string;
  readonly openReport: string;
  readonly reportHint: (place: string) => string;
  readonly unsubscribe: string;
  readonly nothingMeasured: string;
  /** Before the subject of a message that its reader had before, and above the reason. */
  readonly again: string;
  readonly sentAgain: string;
  readonly problems: (count: number) => string;
  readonly whatFailed: string;
  readonly kpi: (id: string) => string;
  readonly notMeasured: string;
  readonly sample: (text: string) => string;
  readonly redefined: (count: number) => string;
  /** `versions` of Vigie then and now, where they differ. */
  readonly countedOtherwise: (
    kpis: string,
    since: string,
    versions: readonly [string, string] | null,
  ) => string;
  readonly whatWasMeasuredAnew: (command: string) => string;
  readonly definitions: string;
  readonly afterwards: string;
  readonly runAgain: (command: string) => string;
  readonly chart: (facts: ChartFacts) => string;
  /** The mail that only proves that mails arrive. */
  readonly test: {
    readonly subject: (company: string) => string;
    readonly lead: string;
    readonly line: (command: string) => string;
  };
}

/** What became of an alert, and where it stands. */
export type AlertNews = 'opened' | 'still_firing' | 'resolved' | 'ended' | 'no_data' | 'data_back';

/** What a kind of alert says: which side of what a figure is on. */
export interface LimitWords {
  /** `above its limit` and `below its limit`. */
  readonly phrase: readonly [above: string, below: string];
  /** With the level, already formatted. */
  readonly withLevel: (phrase: string, level: string, isAbove: boolean) => string;
}

/** What people noted that figures do not say themselves. */
export interface EventWords {
  readonly kinds: Readonly<Record<EventKind, string>>;
  /** `20 Nov to 27 Nov`; the same day twice: that day. */
  readonly span: (from: string, to: string) => string;
  /** `promotion “Black week”, region Nord (20 Nov to 27 Nov)`, `whose` with its comma or empty; of any kind `Black week (20 Nov to 27 Nov)`. */
  readonly event: (kind: string | null, text: string, whose: string, span: string) => string;
  readonly more: (count: number) => string;
  /** A sentence. */
  readonly noted: (events: string) => string;
}

export interface AlertWords {
  readonly badge: Readonly<Record<AlertNews | 'open' | 'muted', string>>;
  readonly severity: Readonly<Record<'warning' | 'critical', string>>;
  /** `phrase` says which side of what the figure is on, `since` a date or empty. */
  readonly news: Readonly<Record<AlertNews, (phrase: string, since: string) => string>>;
  /** A fixed limit; also what is said of a kind that has no words in this language. */
  readonly limit: LimitWords;
  /** `more than 20% above the benchmark`; `distance` null: simply above it. */
  readonly relative: (isAbove: boolean, distance: string | null, reference: string) => string;
  /** `above the benchmark (limit: 75.0%)` */
  readonly atLevel: (phrase: string, level: string) => string;
  readonly moreAlerts: (count: number) => string;
  readonly openAlerts: (count: number) => string;
  /** Beginning of an alert mail's subject. */
  readonly subject: (count: number, isGood: boolean) => string;
  readonly whatHappened: (count: number) => string;
  readonly whatToDo: (advice: string) => string;
  /** What an alert’s figure was before: `when` names the window. */
  readonly before: (when: string, value: string) => string;
}

/** Links of alerts in letters, and the page that they open. */
export interface LinkWords {
  /** In the letter. */
  readonly label: Readonly<Record<'acknowledge' | 'snooze', string>>;
  /** Above what is asked. */
  readonly asks: Readonly<Record<'acknowledge' | 'snooze', string>>;
  readonly figure: string;
  readonly level: string;
  readonly since: string;
  /** What a press would do. */
  readonly would: Readonly<Record<'acknowledge' | 'snooze', string>>;
  /** Nothing has been done yet, and for whom it would be written down. */
  readonly yet: (by: string) => string;
  readonly until: (days: number, day: string) => string;
  readonly note: string;
  /** On the button. */
  readonly press: Readonly<Record<'acknowledge' | 'snooze', string>>;
  readonly done: string;
  /** From when on it counts, and how to take it back. */
  readonly counts: string;
  readonly wake: string;
  /** Pressed before. */
  readonly repeated: string;
  /** The alert has ended, or its rule is gone. */
  readonly over: string;
  /** Why a link is not followed. */
  readonly not: Readonly<Record<'foreign' | 'old' | 'wrong' | 'failed', string>>;
}

export interface TrustWords {
  readonly lateSources: string;
  readonly incompleteFigures: string;
  /** Parts of the morning that broke off. */
  readonly notAll: string;
  readonly unjudged: string;
  readonly unchecked: string;
  readonly unshown: (part: string) => string;
  readonly upTo: (source: string, date: string) => string;
  readonly notRead: (source: string, date: string) => string;
  readonly neverDelivered: (source: string) => string;
  /** A finding whose check has no words in this language. */
  readonly inDoubt: string;
  readonly concerns: (kpis: string) => string;
  readonly staleNote: (date: string | null) => string;
  readonly incompleteNote: string;
  /** Of a rate by entry: entries up to the date have had their time, younger ones are provisional. */
  readonly ripe: (date: string, days: string) => string;
  /** Of what its source knows late: the last day that counts. */
  readonly until: (date: string) => string;
  /** In the subject: `sap late`, `data missing (sap)`. */
  readonly late: (sources: string) => string;
  readonly missing: (sources: string) => string;
  /** Why there is no figure. */
  readonly why: {
    readonly notSupplied: (tables: string) => string;
    readonly stale: (source: string) => string;
    readonly nothingToDivide: string;
    /** Of a survey: fewer answered than a figure takes. */
    readonly fewAnswers: (period: string) => string;
    readonly nothingRecorded: (period: string) => string;
    readonly failed: string;
  };
}

/** What moved a figure, in one sentence. */
export interface CauseWords {
  readonly mostly: string;
  readonly and: string;
  readonly against: string;
  readonly nobody: string;
  readonly returned: string;
  /** Two members moved, and the total did not. */
  readonly offsetting: (against: string, members: string) => string;
  readonly share: (from: string, to: string) => string;
  readonly rate: (from: string, to: string) => string;
}

/** Lists of things to act on. */
export interface ListWords {
  /** Below the top of a list in a mail. */
  readonly more: (count: number) => string;
  /** The same of a list that comes as a file; `count` may be 0. */
  readonly attached: (count: number, file: string) => string;
  readonly download: (count: number) => string;
  /** What a rule asks for. */
  readonly is: (word: string) => string;
  readonly atLeast: (least: string) => string;
  readonly atMost: (most: string) => string;
  readonly between: (least: string, most: string) => string;
}

/** For who is told of members alone. */
export interface MemberWords {
  /** In the footer: `Only figures and alerts of region Nord.` */
  readonly only: (members: string) => string;
  /** Above what somebody chose and is not shown. */
  readonly notShown: string;
  readonly noDimension: (dimension: string) => string;
  readonly amongOthers: (dimension: string) => string;
  readonly more: (count: number) => string;
  /** Above names that nothing is known of. */
  readonly unknown: string;
  readonly unknownWhy: string;
}

/** A week or a month looked back upon. */
export interface ReviewWords {
  readonly title: Readonly<Record<'weekly' | 'monthly', string>>;
  readonly week: (from: string, to: string) => string;
  readonly lead: (alerts: {
    readonly opened: number;
    readonly closed: number;
    readonly open: number;
  }) => string;
  readonly moved: (count: number, of: number) => string;
  readonly changed: string;
  readonly alerts: Readonly<Record<'weekly' | 'monthly', string>>;
  readonly noAlerts: string;
  readonly openSince: (from: string) => string;
  readonly openFor: (from: string, to: string) => string;
  /** What somebody said of an alert, and when. */
  readonly said: Readonly<
    Record<'acknowledge' | 'snooze' | 'wake', (by: string, on: string, until: string | null) => string>
  >;
  readonly nobody: string;
  readonly forecasts: string;
  readonly forecastsMoved: string;
  readonly foreseen: (on: string, value: string) => string;
  readonly foreseenNow: string;
  readonly off: (share: string) => string;
  readonly within: string;
  readonly outside: string;
}

/** The report. */
export interface PageWords {
  readonly skip: string;
  readonly computed: (instant: string, run: string) => string;
  readonly contents: string;
  /** The page of all days, and the way to it. */
  readonly calendar: string;
  /** Names the links to the day before and the day after. */
  readonly days: string;
  readonly dayBefore: string;
  readonly noDayBefore: string;
  readonly dayAfter: string;
  /** On the page of all days, for who came from the latest one. */
  readonly noDayAfter: string;
  readonly latestDay: (date: string) => string;
  /** How many alerts were open on a day. */
  readonly open: (count: number) => string;
  /** Above the alerts of all days. */
  readonly wasOpen: string;
  /** Names the links to the figures before and after one. */
  readonly neighbours: string;
  readonly filter: string;
  readonly noMatch: string;
  /** Above the members found: customers, articles, regions … */
  readonly members: string;
  /** Leads from a KPI's page to the day's, where members are found. */
  readonly findMember: string;
  readonly theme: Readonly<Record<'name' | 'auto' | 'light' | 'dark', string>>;
  readonly trust: string;
  readonly allGood: string;
  readonly alerts: string;
  readonly noAlerts: string;
  readonly headlines: string;
  readonly overview: string;
  readonly figure: string;
  readonly value: string;
  readonly window: string;
  readonly windows: string;
  /** Names the button that saves a table. */
  readonly csv: (table: string) => string;
  readonly previous: string;
  readonly lastYear: string;
  readonly toTarget: string;
  readonly share: string;
  readonly volume: string;
  readonly recent: string;
  readonly notCompared: string;
  readonly better: string;
  readonly worse: string;
  readonly stale: string;
  readonly incomplete: string;
  readonly alertOpen: string;
  /** Above the chart of a window that runs on. */
  readonly course: (period: string) => string;
  readonly trend: (period: string) => string;
  readonly legend: Readonly<
    Record<Extract<FigureKind, 'target' | 'forecast'> | 'current' | 'lastYear' | 'alert' | 'event', string>
  >;
  readonly noTrend: string;
  readonly alertDays: string;
  readonly events: string;
  readonly span: (from: string, to: string, open: boolean) => string;
  readonly by: (dimension: string) => string;
  readonly more: (count: number) => string;
  /** Members that the page leaves out, and the command that tells them. */
  readonly beyond: (count: number, command: string) => string;
  readonly overlapping: string;
  readonly definition: string;
  readonly unit: string;
  readonly units: Readonly<Record<Unit, string>>;
  readonly formula: string;
  readonly ratio: string;
  readonly plain: string;
  readonly good: Readonly<Record<Direction, string>>;
  readonly direction: string;
  readonly benchmark: string;
  readonly source: string;
  readonly reads: string;
  readonly runbook: string;
  readonly unmeasured: string;
  readonly unmeasuredWhy: string;
  /** KPIs that the company switched off, each with its reason. */
  readonly unreliable: string;
  readonly unreliableWhy: string;
  readonly footer: string;
}

/** What `vigie open` says beside the words of the report's pages. */
export interface AskWords {
  /** Names the links of which a question is made. */
  readonly question: string;
  readonly window: string;
  readonly breakDown: string;
  readonly nothing: string;
  readonly cross: string;
  readonly only: string;
  /** Above the field for a member, and what one writes there. */
  readonly member: string;
  readonly memberExample: string;
  /** Says what the link on a member, or on a chosen one, does. */
  readonly filterBy: (member: string) => string;
  readonly remove: (member: string) => string;
  /** What opens the fields for a day, a member, and as known when. */
  readonly more: string;
  readonly day: string;
  readonly knownAt: string;
  readonly show: string;
  readonly compare: string;
  readonly against: Readonly<Record<'previous' | 'last_year', string>>;
  readonly views: string;
  readonly view: Readonly<Record<'figures' | 'why' | 'rows' | 'sql', string>>;
  readonly share: string;
  /** Where nobody said where the report is served: before the file. */
  readonly shareFile: string;
  readonly csv: string;
  readonly excel: string;
  /** What a figure of the answer rests on. */
  readonly recorded: string;
  readonly knownThen: (day: string) => string;
  readonly counted: string;
  /** What is counted now is not what was recorded. */
  readonly restated: (recorded: string, counted: string) => string;
  readonly total: string;
  readonly members: (shown: number, all: number) => string;
  readonly noMembers: string;
  readonly noAnswer: string;
  /** Of the parts of a change. */
  readonly before: string;
  readonly after: string;
  readonly part: string;
  readonly habit: string;
  readonly explains: string;
  readonly suspects: string;
  readonly notExplained: string;
  readonly wholeOnly: string;
  readonly moreOf: (name: string, count: number) => string;
  readonly rowsOf: (table: string, from: string, to: string) => string;
  readonly allRowsOf: (table: string) => string;
  readonly notFiltered: (dimension: string) => string;
  readonly noRows: string;
  readonly earlier: string;
  readonly later: string;
  readonly inSource: string;
}
