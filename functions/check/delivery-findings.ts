import { isTradingDay } from '../lake/company/calendar.ts';
import type { BatchInput, Conflict, LoadedState } from '../lake/landing/batch.ts';
import type { Finding } from '../lake/snapshot/finding.ts';
import { addDays } from '../lake/values/day.ts';
import type { CheckContext } from './context.ts';
import { restatedFindings } from './restated-findings.ts';

/** Figures reach back so far: a year to date, and the year before. */
const LOOKED_AT_DAYS = 800;
/** A file that came empty is told of for so long. */
const BLANK_DAYS = 35;

type Context = Pick<CheckContext, 'states' | 'asOf' | 'company' | 'feeds' | 'tables'>;

/** What is wrong with what was delivered, whatever its rows say: rows lost to others, files with nothing in them. */
export const deliveryFindings = (context: Context): Finding[] => [
  ...context.states.flatMap((state) => conflictFindings(state, context)),
  ...context.states.flatMap((state) => blankFindings(state, context)),
  ...context.states.flatMap((state) => partialFindings(state, context)),
  ...context.states.flatMap((state) => restatedFindings(state, context)),
];

function conflictFindings(state: LoadedState, context: Context): Finding[] {
  const { asOf } = context;
  const matters = ({ firstDate, lastDate }: Conflict): boolean =>
    firstDate === null || (firstDate <= asOf && (lastDate ?? firstDate) >= addDays(asOf, -LOOKED_AT_DAYS));
  const byFiles = isOfFiles(state, context);
  return (state.conflicts ?? []).filter(matters).map((conflict) => ({
    check: 'conflicting_rows',
    means: {
      en: 'rows delivered together contradict one another, and only some of them count',
      fr: 'des lignes livrées ensemble se contredisent, une partie seulement est comptée',
    },
    severity: 'error' as const,
    table: state.table,
    source: state.source,
    message:
      conflict.kind === 'key' ? keyMessage(state, conflict, context) : filesMessage(state, conflict, context),
    lastDate: null,
    sample: [conflict.sample.inputs.join(', '), conflict.sample.key].join(': '),
    hint: hintFor(conflict, state, byFiles, context),
  }));
}

const isOfFiles = ({ source }: LoadedState, { company }: Context): boolean =>
  company.sources.some((each) => each.name === source && 'feeds' in each);

/** `1 row of campaigns_20261120.csv gave way to another with the same key …`. */
function keyMessage({ table, source }: LoadedState, conflict: Conflict, { tables }: Context): string {
  const { rows, inputs, sample } = conflict;
  const [file = source] = sample.inputs;
  const [first, last] = sample.lines;
  const where = inputs === 1 ? file : `${inputs} inputs, ${file} among them,`;
  const key = tables.table(table).key.join(' / ');
  return `${table} from ${source}: ${counted(rows)} of ${where} gave way to others of the same key that say something else, and ${rows === 1 ? 'is' : 'are'} in no figure${lost(conflict)}. In ${file}, lines ${first} and ${last} both have ${key} ${sample.key}.`;
}

function filesMessage({ table, source }: LoadedState, conflict: Conflict, { tables }: Context): string {
  const { rows, sample } = conflict;
  const scope = tables.table(table).scope.join(' / ');
  return `${table} from ${source}: ${sample.inputs.join(' and ')} are of one day and tell ${scope} ${sample.key} differently. Only the last one counts; ${counted(rows)} of the others ${rows === 1 ? 'is' : 'are'} in no figure${lost(conflict)}.`;
}

const counted = (rows: number): string => `${rows.toLocaleString('en')} row${rows === 1 ? '' : 's'}`;

/** ` (61.5 % of cost, 5 % of conversions)`: the largest first. */
function lost({ shares }: Conflict): string {
  const gone = Object.entries(shares)
    .filter(([, share]) => share > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([name, share]) => `${percent(share)} of ${name}`);
  return gone.length === 0 ? '' : ` (${gone.join(', ')})`;
}

const percent = (share: number): string =>
  share < 0.001 ? 'less than 0.1 %' : `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`;

function hintFor(
  { kind }: Conflict,
  { table, source }: LoadedState,
  byFiles: boolean,
  { tables }: Context,
): string {
  if (kind === 'files')
    return 'Keep one of the files; or, if each holds a part, have them written as one. A file whose name says `intraday`, `partial`, `provisional` or the like gives way to the one without, and names that differ in a number only are read in its order.';
  if (!byFiles)
    return `\`vigie try ${source}\` shows the records. They have one key where the vendor tells them apart: look whether the settings of the source leave out what does.`;
  const { key, columns } = tables.table(table);
  const number = columns.find(({ name, rowNumber }) => rowNumber && key.includes(name))?.name;
  const ways = [
    '`sum_rows_per_key: true` where the file is broken down finer than the key',
    ...(number === undefined
      ? []
      : [`\`${number}: { row_number: true }\` where its rows have no number of their own`]),
    '`one_row_per_key: first` (or `last`) where it repeats a record and that one is to be taken',
  ];
  return `Say in the mapping of ${table} what is right: ${ways.join(', ')}. If the key is mapped to the wrong column, correct that.`;
}

/** Files of days of trade with nothing in them, where a later day is there: else freshness tells it. */
function blankFindings(state: LoadedState, context: Context): Finding[] {
  if (!isOfFiles(state, context)) return [];
  const blanks = state.inputs.filter((input) => input.blank && isMissed(input, state, context));
  if (blanks.length === 0) return [];
  const names = blanks.map(({ name }) => name);
  return [
    {
      check: 'empty_file',
      means: { en: 'a file arrived empty', fr: 'un fichier est arrivé vide' },
      severity: 'error',
      table: state.table,
      source: state.source,
      message: `${state.table} from ${state.source}: ${listed(names)} came with nothing in ${names.length === 1 ? 'it' : 'them'}, not even a header. What ${names.length === 1 ? 'it' : 'they'} should have held is in no figure.`,
      lastDate: null,
      sample: names.slice(0, 3).join(', '),
      hint: 'Have the export written again and run the day again. A day on which nothing happened is told by a file with a header only, or `[]`.',
    },
  ];
}

function isMissed({ date }: BatchInput, { table, source }: LoadedState, context: Context): boolean {
  const { asOf, company, feeds, tables } = context;
  if (date === null) return true;
  if (date > asOf || date < addDays(asOf, -BLANK_DAYS)) return false;
  const feed = feeds.find((each) => each.table === table && each.source === source);
  const isOwed = feed?.expectedOn !== null && feed?.expectedOn !== undefined && date < feed.expectedOn;
  return isOwed && tables.table(table).daily && isTradingDay(company.company.closed, date);
}

const listed = (names: readonly string[]): string =>
  names.length <= 2
    ? names.join(' and ')
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more files`;

/** The as-of date, told by a file that says itself that more is to come. */
function partialFindings(state: LoadedState, { asOf }: Context): Finding[] {
  const ofDay = state.inputs.filter(({ date, rows }) => date === asOf && rows > 0);
  const [partial] = ofDay.filter((input) => input.partial);
  if (!partial || ofDay.some((input) => !input.partial)) return [];
  return [
    {
      check: 'partial_file',
      means: {
        en: 'only a provisional file of the day has arrived',
        fr: 'seul un fichier provisoire du jour est arrivé',
      },
      severity: 'warning',
      table: state.table,
      source: state.source,
      message: `${state.table} from ${state.source}: ${asOf} is told by ${partial.name} only, which is not the final file of that day.`,
      lastDate: null,
      sample: null,
      hint: 'Nothing to do if the final file comes later: it replaces the day.',
    },
  ];
}
