import type { Feed, FieldSource } from '../../../lake/company/feed.ts';
import { createStore } from '../../../lake/landing/columns.ts';
import { derivationsOf } from '../../../lake/landing/derive.ts';
import { type Column, isRequired, type TableDefinition } from '../../../lake/tables/table.ts';
import { suggestion } from '../../../lake/values/nearest.ts';
import { plainNumbers, readDecimal } from '../../../lake/values/read-decimal.ts';
import { zoneClock } from '../../../lake/values/zone.ts';
import { VigieError } from '../../../platform/errors.ts';
import { isUsableFormat } from './dates.ts';
import { scribeOf } from './scribe.ts';
import { isAddedUp } from './sum-of-key.ts';
import { unpivotProblem } from './unpivot-problem.ts';

const invalid = (feed: Feed, message: string, hint: string, field?: string): VigieError =>
  new VigieError(`feed of ${feed.table} (${feed.path}): ${message}`, {
    code: 'FEED_INVALID',
    hint,
    ...(field === undefined ? {} : { where: { field } }),
  });

/** Checks a feed against its table, before any file is opened. Throws `FEED_INVALID`. */
export function checkFeed(feed: Feed, table: TableDefinition): void {
  const { columns } = table;
  const names = columns.map(({ name }) => name);
  for (const [name, source] of Object.entries(feed.columns)) {
    const column = columns.find((each) => each.name === name);
    if (!column)
      throw invalid(
        feed,
        `the table has no column \`${name}\``,
        `${suggestion(name, names)} docs/tables.md describes them.`,
        name,
      );
    const problem = problemOf(column, source) ?? groupProblem(column, source, feed);
    if (problem !== undefined)
      throw invalid(
        feed,
        `\`${name}\` ${problem}`,
        'Correct it in vigie.yaml; docs/sources/files.md shows every way to fill a column.',
        name,
      );
  }
  const quoted = columns.find(({ name, kind }) => kind === 'rate' && isRawQuotation(feed.columns[name]));
  if (quoted)
    throw invalid(
      feed,
      '`rate` takes UKURS as it stands, and TCURR holds quotations: a minus marks the inverse, FFACT and TFACT the ratio, KURST the type',
      'Write `rate: { quote: UKURS, units: FFACT, in_units: TFACT, inverse: negative }` and choose the type under `where`; functions/pull/sources/sap-s4/README.md has the whole recipe.',
      quoted.name,
    );
  const unpivot = unpivotProblem(feed, table);
  if (unpivot) throw invalid(feed, ...unpivot, 'unpivot');
  const perKey = perKeyProblem(feed, table);
  if (perKey) throw invalid(feed, ...perKey);
  for (const format of [feed.dates, feed.timestamps]) {
    if (!isUsableFormat(format)) throw invalid(feed, `\`${format}\` is not a format of dates`, FORMAT_HINT);
  }
  const derived = new Set(derivationsOf(table).map(({ column }) => column));
  const missing = columns.filter(
    (column) =>
      isRequired(table, column) && feed.columns[column.name] === undefined && !derived.has(column.name),
  );
  if (missing.length === 0) return;
  const list = missing.map(({ name }) => `\`${name}\``).join(', ');
  throw invalid(
    feed,
    `${list} ${missing.length === 1 ? 'is' : 'are'} required and not mapped`,
    'Name the column that holds it under `columns`, or give a `constant`.',
    missing[0]?.name,
  );
}

const FORMAT_HINT =
  'Write it with YYYY, MM and DD (and HH, mm, ss), as `DD.MM.YYYY`; or auto, inverted, unix, unix_ms, unix_us.';
const NUMBERS = ['decimal', 'rate', 'integer'];

/** SAP's own name tells what it is: as a plain number it would be right for some currencies and wrong for others, unnoticed. */
const isRawQuotation = (source: FieldSource | undefined): boolean => {
  const from = typeof source === 'string' ? source : source && 'from' in source ? source.from : '';
  return from.toUpperCase() === 'UKURS';
};

/** What is wrong with a field's mapping; undefined where nothing is. */
function problemOf(column: Column, source: FieldSource): string | undefined {
  if (typeof source === 'string') return undefined;
  const numeric = NUMBERS.includes(column.kind);
  if (('product' in source || 'difference' in source) && !numeric)
    return `is ${column.kind}: only numbers can be computed`;
  if ('quote' in source && column.kind !== 'rate')
    return `is ${column.kind}: only an exchange rate is made from a quotation`;
  if ('from' in source && source.times !== undefined) {
    if (!numeric) return `is ${column.kind}: only numbers can be multiplied`;
    if (!readDecimal(source.times, plainNumbers, { mantissa: 0, scale: 0 }))
      return `has \`times: ${source.times}\`, which is not a number`;
  }
  if ('from' in source && source.of_month !== undefined && column.kind !== 'date')
    return `is ${column.kind}: only a date lies in a month`;
  if ('from' in source && source.format !== undefined && !isUsableFormat(source.format))
    return `has the unusable format \`${source.format}\`. ${FORMAT_HINT}`;
  return constantsOf(source)
    .map((value) => refusalOf(column, value))
    .find((reason) => reason !== undefined);
}

/** Questions about a group need one, and an answer is a number or a truth. */
function groupProblem(column: Column, source: FieldSource, feed: Feed): string | undefined {
  if (typeof source === 'string') return undefined;
  const asks = 'any' in source || 'none' in source || 'count' in source;
  const takes = 'from' in source && (source.take !== undefined || source.when !== undefined);
  if (!asks && !takes) return undefined;
  if (feed.group_by === undefined) return 'asks about the records of a group, but the feed has no `group_by`';
  const numeric = NUMBERS.includes(column.kind);
  if (takes)
    return source.take === 'sum' && !numeric ? `is ${column.kind}: only numbers are added up` : undefined;
  if ('count' in source) return numeric ? undefined : `is ${column.kind}: a count is a number`;
  return column.kind === 'integer' || column.kind === 'boolean'
    ? undefined
    : `is ${column.kind}: an answer is 1 or 0`;
}

/** What is wrong with how rows of one key become one; undefined where nothing is. */
function perKeyProblem(
  feed: Feed,
  { name, key, columns }: TableDefinition,
): readonly [message: string, hint: string] | undefined {
  if (feed.group_by && (feed.one_row_per_key !== false || feed.sum_rows_per_key))
    return [
      `\`group_by\` and \`${feed.one_row_per_key !== false ? 'one_row_per_key' : 'sum_rows_per_key'}\` exclude each other`,
      'Keep `group_by`: its groups are one row each; `take: sum` adds up a column of a group.',
    ];
  if (feed.one_row_per_key !== false && feed.sum_rows_per_key)
    return [
      '`one_row_per_key` and `sum_rows_per_key` exclude each other',
      'The first takes one of the rows of a key, the second adds them up.',
    ];
  if (feed.sum_rows_per_key && !columns.some((column) => isAddedUp(column, key)))
    return [
      `\`sum_rows_per_key\`: ${name} has nothing to add up`,
      'Use `one_row_per_key`, or `row_number` for a key.',
    ];
  return undefined;
}

type Constant = string | number | boolean | null;

function constantsOf(source: Exclude<FieldSource, string>): Constant[] {
  if ('constant' in source) return [source.constant];
  if ('cases' in source) return [...source.cases.map(({ then }) => then), source.else];
  return 'from' in source && source.values ? Object.values(source.values) : [];
}

function refusalOf(column: Column, value: Constant): string | undefined {
  if (value === null) return undefined;
  const zones = { feed: zoneClock('UTC'), company: zoneClock('UTC') };
  const write = scribeOf(column, { numbers: plainNumbers, dates: 'auto', timestamps: 'auto', zones });
  const reason = write(String(value), createStore({ name: column.name, kind: column.kind }, 1), 0);
  return reason === undefined ? undefined : `cannot hold \`${value}\`: ${reason}`;
}
