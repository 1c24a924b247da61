import type { Trial, TriedEntity, TriedRecord } from '../../functions/pull/api/try-source.ts';
import { out } from '../colours.ts';
import { oneLine } from '../print.ts';
import { wrap } from '../wrap.ts';

/** A trial for people: what came, beside what it becomes. */
export function printTrial(trial: Trial, width: number): string {
  const version = trial.version === null ? '' : `, version ${trial.version}`;
  const sunset = trial.sunset === null ? '' : `, which ends on ${trial.sunset}`;
  const notes = trial.notes.map((note) => wrap(`${out.yellow('!')} ${oneLine(note)}`, '', width));
  return `${[`${out.bold(trial.title)}${version}${sunset}`, ...notes, ...trial.entities.map((each) => entityText(each, width))].join('\n')}\n`;
}

function entityText({ entity, partition, request, records, problem }: TriedEntity, width: number): string {
  const head = `\n${out.bold(entity)}${partition === '' ? '' : ` of ${oneLine(partition)}`}${request === null ? '' : `\n${wrap(out.dim(readable(request)), '  ', width)}`}`;
  const trouble = problem
    ? [
        wrap(`${out.red('✗')} ${problem.message}`, '  ', width),
        ...(problem.hint ? [wrap(problem.hint, '    ', width)] : []),
      ]
    : [];
  const none = records.length === 0 && !problem ? ['  nothing came of the last days'] : [];
  return [
    head,
    ...trouble,
    ...none,
    ...records.flatMap((record, index) => recordText(record, index, width)),
    ...unmappedText(records, width),
  ].join('\n');
}

function recordText(record: TriedRecord, index: number, width: number): string[] {
  const left = flat(record.raw);
  const right = [
    ...rowLines(record.rows),
    ...record.empties.flatMap(({ table, scope }) => [
      out.bold(`${table}, emptied`),
      ...flat(scope).map((line) => `  ${line}`),
    ]),
    ...record.skipped.map((reason) => `not wanted: ${reason}`),
  ];
  const { refusal } = record;
  const verdict = refusal
    ? `${out.red('✗')} rejected: ${refusal.field} ${refusal.reason}${refusal.value === null ? '' : `, found \`${refusal.value}\``}`
    : out.green('✓');
  return [`  ${out.dim(`record ${index + 1}`)} ${oneLine(verdict)}`, ...sideBySide(left, right, width)];
}

/** Fields of all shown records that the mapping does not look at. */
function unmappedText(records: readonly TriedRecord[], width: number): string[] {
  const fields = [...new Set(records.flatMap(({ unmapped }) => unmapped))];
  return fields.length === 0
    ? []
    : [wrap(out.dim(`not mapped: ${fields.map(oneLine).join(', ')}`), '  ', width)];
}

const GAP = 3;

export function sideBySide(left: readonly string[], right: readonly string[], width: number): string[] {
  const column = Math.floor((width - 4 - GAP) / 2);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const [one, other] = [cut(left[index] ?? '', column), cut(right[index] ?? '', column)];
    return `    ${one}${' '.repeat(Math.max(0, column - plain(one).length) + GAP)}${other}`.trimEnd();
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of colours.
const plain = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, '');

const cut = (text: string, room: number): string => {
  const bare = plain(text);
  return bare.length <= room ? text : `${bare.slice(0, room - 1)}…`;
};

/** Items shown of a list. */
const MOST_ITEMS = 2;

/** `soldTo.id  17` lines of whatever is nested; what is null or empty is left out, of long lists the rest. */
export function flat(value: unknown, path = ''): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (typeof value !== 'object') return [`${path}  ${oneLine(String(value))}`];
  if (!Array.isArray(value))
    return Object.entries(value).flatMap(([key, each]) => flat(each, path === '' ? key : `${path}.${key}`));
  const shown = value.slice(0, MOST_ITEMS).flatMap((each, index) => flat(each, `${path}[${index}]`));
  const rest = value.length - MOST_ITEMS;
  return rest > 0 ? [...shown, out.dim(`${path}: ${rest} more`)] : shown;
}

/** The first rows of each table. */
function rowLines(rows: TriedRecord['rows']): string[] {
  const tables = [...new Set(rows.map(({ table }) => table))];
  return tables.flatMap((name) => {
    const own = rows.filter(({ table }) => table === name);
    const shown = own
      .slice(0, MOST_ITEMS)
      .flatMap(({ row }) => [out.bold(name), ...flat(row).map((line) => `  ${line}`)]);
    const rest = own.length - MOST_ITEMS;
    return rest > 0 ? [...shown, out.dim(`${name}: ${rest} more`)] : shown;
  });
}

/** As people read an address. */
function readable(request: string): string {
  try {
    return shortened(oneLine(decodeURIComponent(request)));
  } catch (error) {
    if (error instanceof URIError) return shortened(oneLine(request));
    throw error;
  }
}

const MOST_REQUEST = 300;

const shortened = (text: string): string =>
  text.length > MOST_REQUEST ? `${text.slice(0, MOST_REQUEST)}…` : text;
