import type { Theme } from '../../lake/catalogue/kpi.ts';
import type { Language } from '../../languages/language.ts';
import { capital } from '../../languages/one-line.ts';
import { byTheme } from '../model/headlines.ts';
import type {
  AlertItem,
  AlertsBlock,
  Block,
  DashboardBlock,
  DashboardRow,
  FigureBlock,
  ListBlock,
} from './blocks.ts';

/** A headline figure of a theme. */
export interface ThemedFigure {
  readonly theme: Theme;
  /** Of many members all of a KPI in one. */
  readonly block: FigureBlock | DashboardBlock;
}

/** What a digest shows of a day, before it is put in order. */
export interface DigestParts {
  /** The sales dashboard; empty where there is none. */
  readonly dashboard: readonly DashboardRow[];
  readonly alerts: readonly AlertItem[];
  /** What to act on. */
  readonly lists: readonly ListBlock[];
  readonly figures: readonly ThemedFigure[];
}

/** Two screens of a phone hold this much: what comes after stands below a line that says so. */
const MOST_ALERTS = 3;
const MOST_BLOCKS = 7;
/** What a dashboard takes of it. */
const DASHBOARD_BLOCKS = 3;

/** The dashboard, what is wrong, and how the business does, in what is read in thirty seconds; then the rest. */
export function inScreens({ dashboard, alerts, lists, figures }: DigestParts, language: Language): Block[] {
  const [first, later] = [alerts.slice(0, MOST_ALERTS), alerts.slice(MOST_ALERTS)];
  const room = Math.max(0, MOST_BLOCKS - first.length - (dashboard.length > 0 ? DASHBOARD_BLOCKS : 0));
  const ordered = byTheme(figures, ({ theme }) => theme).flatMap((section) => section.figures);
  const more = ordered.slice(room);
  const headed = dashboard.length + lists.length > 0 || byTheme(figures, ({ theme }) => theme).length > 1;
  return [
    ...dashboardBlock(dashboard, language),
    ...alertsBlock(language.alerts.openAlerts(alerts.filter(isOpen).length), first),
    ...lists,
    ...sectionsOf(ordered.slice(0, room), headed, language),
    ...(later.length + more.length > 0 ? [{ kind: 'heading' as const, text: language.mail.more }] : []),
    ...alertsBlock(language.alerts.moreAlerts(later.length), later),
    ...sectionsOf(more, headed, language),
  ];
}

const dashboardBlock = (rows: readonly DashboardRow[], language: Language): DashboardBlock[] =>
  rows.length === 0 ? [] : [{ kind: 'dashboard', title: language.mail.dashboard, rows }];

/** A section a theme; figures of one alone need no heading. */
const sectionsOf = (figures: readonly ThemedFigure[], headed: boolean, language: Language): Block[] =>
  byTheme(figures, ({ theme }) => theme).flatMap(({ theme, figures: own }) => [
    ...(headed ? [{ kind: 'section' as const, text: language.themes[theme] }] : []),
    ...own.map(({ block }) => block),
  ]);

const isOpen = (item: AlertItem): boolean => item.severity !== 'resolved';

const alertsBlock = (title: string, items: readonly AlertItem[]): AlertsBlock[] =>
  items.length === 0 ? [] : [{ kind: 'alerts', title: capital(title), items }];
