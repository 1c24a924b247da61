import Papa from 'papaparse';
import type { FigureKind } from '../../functions/lake/catalogue/kpi.ts';
import type { Language } from '../../functions/languages/language.ts';
import { CUT } from '../../functions/measure/cut/cut-kpi.ts';
import { keyMembers } from '../../functions/measure/cut/member-key.ts';
import { memberName } from '../../functions/report/letters/names.ts';
import type { ComparedFigure } from '../../functions/report/model/day.ts';
import { type Cell, FORMULA, type Table } from '../spreadsheet.ts';
import type { Answer } from './answer.ts';

const KINDS: readonly FigureKind[] = ['previous', 'last_year', 'target', 'forecast'];

/** All windows of a total or a member; all members of a dimension; every crossing of two. */
export function tableOf({ question, sheet, day }: Answer, language: Language): Table {
  const { kpi, asOf, period, by, where } = question;
  const about = [kpi.id, asOf, where.map(({ dimension, member }) => `${dimension}:${member}`).join(', ')];
  const name = (dimension: string, member: string): string =>
    memberName(day.labels, kpi, dimension, member, language);
  const figures = ({ figures: of }: ComparedFigure): Cell[] => [
    of.current?.numerator ?? null,
    of.current?.denominator ?? null,
    of.current?.value ?? null,
    ...KINDS.map((kind) => of[kind]?.value ?? null),
  ];
  const columns = by.flatMap((dimension) => [dimension, `${dimension}_name`]);
  const head = [
    'kpi',
    'as_of',
    'only',
    'period',
    ...columns,
    'numerator',
    'denominator',
    'value',
    ...KINDS,
    'unit',
    'quality',
  ];
  const line = (of: string, members: readonly string[], compared: ComparedFigure): Cell[] => [
    ...[...about, of],
    ...by.flatMap((dimension, at) => [members[at] ?? '', name(dimension, members[at] ?? '')]),
    ...[...figures(compared), kpi.unit, sheet.quality],
  ];
  const [one] = by;
  if (one === undefined)
    return { head, lines: sheet.windows.map((window) => line(window.period, [], window)) };
  const wanted = by.length === 1 ? one : CUT;
  const members = sheet.breakdowns.find(({ dimension }) => dimension === wanted)?.members ?? [];
  const keyed = (member: string): string[] => (by.length === 1 ? [member] : keyMembers(member));
  return { head, lines: members.map((member) => line(period, keyed(member.member), member)) };
}

/**
 * As CSV that Excel opens with its columns and letters right, in the way of the language: where a comma is the decimal sign,
 * semicolons part the cells. What a spreadsheet would run begins with an apostrophe.
 */
export function csvOf({ head, lines }: Table, language: Language): string {
  const comma = (1.5).toLocaleString(language.locale).includes(',');
  const text = (cell: Cell): Cell =>
    comma && typeof cell === 'number' ? String(cell).replace('.', ',') : cell;
  const csv = Papa.unparse(
    { fields: [...head], data: lines.map((line) => line.map(text)) },
    { delimiter: comma ? ';' : ',', newline: '\r\n', escapeFormulae: FORMULA },
  );
  return `\ufeff${csv}\r\n`;
}
