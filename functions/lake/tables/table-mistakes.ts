import { suggestion } from '../values/nearest.ts';
import type { Path } from '../yaml/mistake.ts';
import { kindOf } from './column.ts';
import { columnMistakes, nameProblem } from './column-mistakes.ts';
import type { Draft, TableMistake } from './draft.ts';

/** What the schema cannot see of a table: whether its columns are there and fit, and what it says of other tables. */
export function tableMistakes(table: Draft, all: ReadonlyMap<string, Draft>): TableMistake[] {
  const { text, facts, columns } = table;
  const say = (message: string | undefined, ...path: Path): TableMistake[] =>
    message === undefined ? [] : [{ text, path, message }];
  const among = (field: 'key' | 'scope' | 'restated_sums', test: Test): TableMistake[] =>
    (facts[field] ?? []).flatMap((name, index) => say(problemOf(table, name, test), field, index));
  const at = (field: 'business_date' | 'rate_date' | 'label', test: Test): TableMistake[] =>
    facts[field] === undefined ? [] : say(problemOf(table, facts[field], test), field);
  return [
    ...say(nameProblem(table.name)),
    ...among('key', always),
    ...among('scope', always),
    ...say(new Set(facts.key).size < facts.key.length ? 'names a column twice' : undefined, 'key'),
    ...at('business_date', alwaysDate),
    ...at('rate_date', alwaysDate),
    ...at('label', ({ kind }) => (kind === 'text' ? undefined : `is ${kind}; a name is text`)),
    ...among('restated_sums', ({ kind }) => (kindOf(kind) === 'decimal' ? undefined : `is ${kind}; no sum`)),
    ...say(datedProblem(table, 'daily', 'happens every day'), 'daily'),
    ...say(datedProblem(table, 'continuous', 'has a first day'), 'continuous'),
    ...say(facts.late !== undefined && !facts.daily ? NOT_DAILY : undefined, 'late'),
    ...inheritedTwice(table),
    ...erasureMistakes(table, all),
    ...withdrawalMistakes(table),
    ...[...columns.values()].flatMap((column) => columnMistakes(column, table, all)),
  ];
}

const NOT_DAILY = 'only a table in which something happens every day (`daily: true`) has days that come late';

/** What is wrong with a column for what it is named for. */
type Test = (facts: {
  readonly kind: Parameters<typeof kindOf>[0];
  readonly optional: boolean;
}) => string | undefined;

const always: Test = ({ optional }) => (optional ? 'may be empty; a row has to have it' : undefined);
const alwaysOf =
  (kind: 'date' | 'boolean' | 'timestamp'): Test =>
  (facts) =>
    facts.kind === kind ? always(facts) : `is ${facts.kind}; it has to be a ${kind}`;
const alwaysDate = alwaysOf('date');

function problemOf({ name: table, columns }: Draft, name: string, test: Test): string | undefined {
  const column = columns.get(name);
  if (!column) return `\`${table}\` has no column \`${name}\`; ${suggestion(name, [...columns.keys()])}`;
  const problem = test(column.facts);
  return problem === undefined ? undefined : `\`${name}\` ${problem}`;
}

const datedProblem = ({ facts }: Draft, fact: 'daily' | 'continuous', means: string): string | undefined =>
  facts[fact] && (facts.role !== 'events' || facts.business_date === undefined)
    ? `only what has the role \`events\`, and a business date, ${means}`
    : undefined;

/** Columns that are emptied have to be there, and to be such as may be empty. */
function erasureMistakes(table: Draft, all: ReadonlyMap<string, Draft>): TableMistake[] {
  const { erasure } = table.facts;
  if (erasure === undefined) return [];
  const { listed_in: people, by, empties, closes } = erasure;
  const list = all.get(people);
  const say = (message: string | undefined, ...path: Path): TableMistake[] =>
    message === undefined ? [] : [{ text: table.text, path: ['erasure', ...path], message }];
  const lacksList = list?.columns.has('person_id')
    ? undefined
    : `no table \`${people}\` with a \`person_id\``;
  return [
    ...say(lacksList, 'listed_in'),
    ...say(problemOf(table, by, always), 'by'),
    ...empties.flatMap((name, index) => say(problemOf(table, name, mayBeEmpty), 'empties', index)),
    ...(closes ? say(problemOf(table, closes.column, always), 'closes', 'column') : []),
    ...(closes ? say(problemOf(table, closes.on, mayBeEmpty), 'closes', 'on') : []),
  ];
}

/** Whose, whether and when has to be said of every statement; what is emptied may be empty. */
function withdrawalMistakes(table: Draft): TableMistake[] {
  const { withdrawal } = table.facts;
  if (withdrawal === undefined) return [];
  const { by, granted, said_at, empties } = withdrawal;
  const say = (message: string | undefined, ...path: Path): TableMistake[] =>
    message === undefined ? [] : [{ text: table.text, path: ['withdrawal', ...path], message }];
  return [
    ...by.flatMap((name, index) => say(problemOf(table, name, always), 'by', index)),
    ...say(problemOf(table, granted, alwaysOf('boolean')), 'granted'),
    ...say(problemOf(table, said_at, alwaysOf('timestamp')), 'said_at'),
    ...empties.flatMap((name, index) => say(problemOf(table, name, mayBeEmpty), 'empties', index)),
  ];
}

const mayBeEmpty: Test = ({ optional }) =>
  optional ? undefined : 'must not be empty, so it cannot be emptied';

function inheritedTwice({ columns }: Draft): TableMistake[] {
  const heirs = [...columns.values()].filter(({ facts }) => facts.inherits !== undefined);
  return heirs.slice(1).map(({ name, text }) => ({
    text,
    path: ['columns', name, 'inherits'],
    message: `one column of a table is inherited; here that is \`${heirs[0]?.name}\` already`,
  }));
}
