import type { List } from '../../lake/catalogue/list.ts';
import type { ListEntry, ListReason } from '../../lake/snapshot/list-entries.ts';
import { isDay } from '../../lake/values/day.ts';
import { wordIn } from '../../lake/values/language.ts';
import { formatDate } from '../../languages/dates.ts';
import type { Language } from '../../languages/language.ts';
import { formatHeadline, formatNumber } from '../../languages/numbers.ts';
import { oneLine } from '../../languages/one-line.ts';
import type { Day, DayList } from '../model/day.ts';
import type { ListBlock, ListItem } from './blocks.ts';
import { formatOf } from './names.ts';

/** Entries of a mail; the others are in the report. */
const MOST = 5;
/** Reasons of an entry of a mail. */
const MOST_REASONS = 3;

/** The top of a list, for a mail: each entry with what gave it most points. What no page has comes as a file. */
export function listBlock(day: Day, { list, entries }: DayList, language: Language): ListBlock {
  const shown = entries.slice(0, MOST);
  const more = entries.length - shown.length;
  const file = list.confidential
    ? { name: `${list.id}-${day.asOf}.csv`, text: csvFile(list, entries, language) }
    : null;
  return {
    kind: 'list',
    title: wordIn(list.names, language),
    items: shown.map((entry) => itemOf(day, list, entry, language)),
    more: file ? language.lists.attached(more, file.name) : more > 0 ? language.lists.more(more) : null,
    file,
  };
}

/** The first two columns name an entry and weigh it; the others describe it. */
function itemOf(day: Day, list: List, entry: ListEntry, language: Language): ListItem {
  const told = Object.entries(list.columns).filter(([, { mail }]) => mail);
  const [key = '', weight, ...facts] = told.map(([column, { names, said }]) => {
    const value = valueText(day, list, column, entry, language);
    return value !== null && said ? `${wordIn(names, language)}${language.writing.colon} ${value}` : value;
  });
  return {
    id: entry.key,
    name: key ?? '',
    weight: weight ?? null,
    facts: facts.filter((fact) => fact !== null).join(' · '),
    reasons: entry.reasons
      .filter(({ points }) => points > 0)
      .slice(0, MOST_REASONS)
      .map((reason) => reasonText(list, reason, language))
      .join(' · '),
  };
}

/** A cell of a list as people read it; null where nothing is known. */
export function valueText(
  day: Pick<Day, 'company'>,
  list: List,
  column: string,
  { values }: ListEntry,
  language: Language,
): string | null {
  const value = values[column] ?? null;
  const { unit, words = {} } = list.columns[column] ?? {};
  if (value === null) return null;
  if (Object.hasOwn(words, value)) return wordIn(words[value] ?? {}, language);
  if (unit !== undefined) return formatHeadline(Number(value), unit, formatOf(day, language));
  if (typeof value === 'string' && isDay(value)) return formatDate(value, language, 'short');
  return oneLine(String(value), 40);
}

/** What was found, and what it gave: `Company size 320: 15/15`. */
export function reasonText(list: List, reason: ListReason, language: Language): string {
  const name = wordIn(list.reasons[reason.reason] ?? { en: reason.reason }, language);
  const found = reason.found === null ? '' : ` ${said(reason.found, language)}`;
  return `${oneLine(`${name}${found}`, 60)}${language.writing.colon} ${reason.points}/${reason.most}`;
}

/** The rule that gave the points: `250 or more`; null where none did, or it asks for just what was found. */
export function ruleText({ found, word, atLeast, atMost }: ListReason, language: Language): string | null {
  if (word !== null) return word === found ? null : language.lists.is(oneLine(word, 40));
  if (atLeast !== null && atMost !== null)
    return language.lists.between(said(atLeast, language), said(atMost, language));
  if (atLeast !== null) return language.lists.atLeast(said(atLeast, language));
  return atMost === null ? null : language.lists.atMost(said(atMost, language));
}

const said = (text: string, language: Language): string => {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number)
    ? text
    : formatNumber(number, language, Number.isInteger(number) ? 0 : 2);
};

/** A list for a spreadsheet: values as they are (codes in words), under the ids of their columns. */
export function listTable(
  list: List,
  entries: readonly ListEntry[],
  language: Language,
): { readonly head: readonly string[]; readonly lines: readonly (readonly (string | number)[])[] } {
  const columns = Object.keys(list.columns);
  const why = Object.keys(list.reasons).length > 0;
  return {
    head: [...columns, ...(why ? ['why'] : [])],
    lines: entries.map((entry) => [
      ...columns.map((column) => plainCell(list, column, entry, language)),
      ...(why ? [entry.reasons.map((reason) => reasonText(list, reason, language)).join('; ')] : []),
    ]),
  };
}

/** The same as CSV; cells that would be formulas are defused. */
export function listCsv(list: List, entries: readonly ListEntry[], language: Language): string {
  const { head, lines } = listTable(list, entries, language);
  return [head, ...lines].map((row) => `${row.map(csvCell).join(',')}\n`).join('');
}

/** The same as a file: with the mark by which spreadsheets know UTF-8. */
export const csvFile = (list: List, entries: readonly ListEntry[], language: Language): string =>
  `\ufeff${listCsv(list, entries, language)}`;

function plainCell(list: List, column: string, { values }: ListEntry, language: Language): string | number {
  const value = values[column] ?? '';
  const { words = {}, unit } = list.columns[column] ?? {};
  // An amount comes as the text of a decimal: a spreadsheet adds up numbers, and a minus of one begins no formula.
  if (unit !== undefined && value !== '') return Number(value);
  return Object.hasOwn(words, value) ? wordIn(words[value] ?? {}, language) : value;
}

/** RFC 4180; what a spreadsheet would take for a formula begins with an apostrophe. A parser’s library is too much for the bundle. */
function csvCell(value: string | number): string {
  const text = String(value);
  const defused = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]|^\s|\s$|^'/.test(defused) ? `"${defused.replaceAll('"', '""')}"` : defused;
}
