import type { Kpi } from '../../lake/catalogue/kpi.ts';
import { allFedTables } from '../../lake/company/fed-tables.ts';
import type { Finding } from '../../lake/snapshot/finding.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate, periodName } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { oneLine } from '../../languages/one-line.ts';
import { type Day, headlineOf, type KpiDay } from '../model/day.ts';
import type { NoticeBlock, NoticeItem } from './blocks.ts';
import { checkWords, sourceTitle } from './check-words.ts';
import { dimensionName } from './names.ts';

/** What an executive must know before reading figures: late sources first, then incomplete figures. */
export function trustNotices(data: Day, shown: readonly KpiDay[], language: Language): NoticeBlock[] {
  const errors = data.findings.filter((finding) => finding.severity === 'error');
  const late = errors.filter(isLate);
  const other = errors.filter((finding) => !isLate(finding));
  return [
    ...notice(language.trust.lateSources, lateItems(data, late, shown, language)),
    ...notice(language.trust.incompleteFigures, otherItems(data, other, shown, language)),
    ...notice(language.trust.notAll, brokenItems(data, language)),
  ];
}

export const isLate = (finding: Pick<Finding, 'check'>): boolean =>
  finding.check === 'freshness' || finding.check === 'pull';

/** What broke off and is not seen by a figure that says so itself. */
function brokenItems({ broken }: Day, language: Language): NoticeItem[] {
  const told = broken.flatMap(({ step, item }) => {
    if (step === 'judge' || item === 'alerts') return [language.trust.unjudged];
    if (step === 'check' || item === 'checks') return [language.trust.unchecked];
    return step === 'report' && !item.includes('figures of ') ? [language.trust.unshown(item)] : [];
  });
  return [...new Set(told)].map((what) => ({ what, detail: null }));
}

const notice = (title: string, items: readonly NoticeItem[]): NoticeBlock[] =>
  items.length === 0 ? [] : [{ kind: 'notice', title, items }];

const nameOf = (finding: Finding): string => finding.source ?? finding.table ?? finding.check;

/** Where a finding is, as a reader calls it: its source, else its table. */
export function placeOf(data: Day, finding: Finding, language: Language): string {
  if (finding.source !== null) return sourceTitle(data, finding.source, language);
  return finding.table === null ? oneLine(finding.check) : data.tables.said(finding.table, language);
}

/** One item a source: a person thinks in sources, not in tables. */
function lateItems(
  data: Day,
  late: readonly Finding[],
  shown: readonly KpiDay[],
  language: Language,
): NoticeItem[] {
  const names = [...new Set(late.map(nameOf))];
  return names.map((name) => {
    const mine = late.filter((finding) => nameOf(finding) === name);
    const place = placeOf(data, mine[0] as Finding, language);
    const date =
      mine
        .map((finding) => finding.lastDate)
        .filter((found) => found !== null)
        .sort()[0] ?? lastDateOf(data, name);
    const say = mine.some((finding) => finding.check === 'pull')
      ? language.trust.notRead
      : language.trust.upTo;
    const what = date ? say(place, formatDate(date, language, 'day')) : language.trust.neverDelivered(place);
    return { what, detail: concerned(tablesOf(data, mine, name), shown, language) };
  });
}

/** Only what concerns a figure that is shown; the rest is for operators. */
function otherItems(
  data: Day,
  other: readonly Finding[],
  shown: readonly KpiDay[],
  language: Language,
): NoticeItem[] {
  const items = other.map((finding) => ({
    what: checkWords(data, finding, language),
    detail: concerned(finding.table ? [finding.table] : [], shown, language),
  }));
  return items.filter(
    (item, index) => item.detail !== null && items.findIndex((each) => each.what === item.what) === index,
  );
}

const lastDateOf = (data: Day, source: string): string | null =>
  data.sources.find((each) => each.source === source)?.lastDate ?? null;

/** A source that could not be pulled concerns all it feeds. */
function tablesOf(data: Day, findings: readonly Finding[], source: string): string[] {
  const named = findings.flatMap((finding) => finding.table ?? []);
  const fed = allFedTables(data.company.sources.filter((each) => each.name === source));
  return findings.some((finding) => finding.table === null) ? [...named, ...fed] : named;
}

function concerned(tables: readonly string[], shown: readonly KpiDay[], language: Language): string | null {
  const names = shown
    .filter(({ kpi }) => kpi.dependsOn.some((table) => tables.includes(table)))
    .map(({ kpi }) => language.writing.inSentence(wordIn(kpi.names, language)));
  if (names.length === 0) return null;
  const list = new Intl.ListFormat(language.locale, { type: 'conjunction' });
  return language.trust.concerns(list.format(new Set(names)));
}

/** Late tables that a KPI depends on. */
export const lateFor = (data: Day, kpi: Kpi): Finding[] =>
  data.findings.filter(
    ({ check, severity, table }) =>
      isLate({ check }) && severity === 'error' && table !== null && kpi.dependsOn.includes(table),
  );

/** Up to which day a late KPI counts: the earliest end of what it reads; late rates or names leave no day out. */
export function lastDateFor(data: Day, kpi: Kpi): string | null {
  return (
    lateFor(data, kpi)
      .filter(({ table }) => table !== null && Object.hasOwn(kpi.reads, table))
      .map((finding) => finding.lastDate)
      .filter((date) => date !== null)
      .sort()[0] ?? null
  );
}

/** Why there is no figure in the window shown, for a person. */
export function whyNoValue(data: Day, of: KpiDay, language: Language): string {
  const { kpi, period } = of;
  const { why } = language.trust;
  if (of.of?.missing === 'among others')
    return language.members.amongOthers(dimensionName(kpi, of.of.dimension, language));
  if (data.runs.some((run) => run.kpi === kpi.id && run.status === 'failed')) return why.failed;
  const late = lateFor(data, kpi)[0];
  if (late) return why.stale(placeOf(data, late, language));
  const figure = headlineOf(of)?.figures.current;
  if (figure?.denominator === 0) return why.nothingToDivide;
  const fed = allFedTables(data.company.sources);
  const missing = Object.keys(kpi.reads).filter((table) => !fed.has(table));
  if (!figure && missing.length > 0)
    return why.notSupplied(missing.map((table) => data.tables.said(table, language)).join(', '));
  if (kpi.survey) return why.fewAnswers(periodName(period, language));
  return why.nothingRecorded(periodName(period, language));
}
