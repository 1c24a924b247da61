import { suggestion } from '../values/nearest.ts';
import type { Path } from '../yaml/mistake.ts';
import { type FileKind, kindOf } from './column.ts';
import type { Draft, DraftColumn, TableMistake } from './draft.ts';
import { type Derive, derivedFrom, isOfSource } from './table.ts';

/** What the schema cannot see of a column: its kind, what it refers to, what it is worked out from. */
export function columnMistakes(
  column: DraftColumn,
  table: Draft,
  all: ReadonlyMap<string, Draft>,
): TableMistake[] {
  const say = (message: string | undefined, ...under: Path): TableMistake[] =>
    message === undefined
      ? []
      : [{ text: column.text, path: ['columns', column.name, ...under], message, atKey: under.length === 0 }];
  const { kind, unit, values, personal, references, part_of, inherits, derive, month } = column.facts;
  return [
    ...say(nameProblem(column.name)),
    ...say(unit !== undefined ? onlyFor(['integer', 'decimal'], kind) : undefined, 'unit'),
    ...say(values !== undefined ? onlyFor(['text'], kind) : undefined, 'values'),
    ...say(personal !== undefined ? onlyFor(['text'], kind) : undefined, 'personal'),
    ...say(month ? onlyFor(['date'], kind) : undefined, 'month'),
    ...say(references === undefined ? undefined : referenceProblem(references, kind, all), 'references'),
    ...say(part_of === undefined ? undefined : referenceProblem(part_of, kind, all), 'part_of'),
    ...say(
      references !== undefined && part_of !== undefined
        ? 'says the same more strongly; leave `references` out'
        : undefined,
      'part_of',
    ),
    ...say(inherits === undefined ? undefined : inheritProblem(column, inherits, table, all), 'inherits'),
    ...say(kind === 'money' ? moneyProblem(table) : undefined, 'kind'),
    ...say(derive === undefined ? undefined : deriveProblem(column, derive, table), 'derive'),
  ];
}

/** Words that some engine keeps for itself: a statement that names such a column is not read. */
const RESERVED = new Set(
  `all alter analyse analyze and any array as asc asymmetric at between both by case cast check collate column
  constraint create cross cube current_date current_time current_timestamp current_user date_add deallocate default
  deferrable delete desc describe distinct do drop else end escape except execute exists extract false fetch for foreign
  from full group grouping having in initially inner insert intersect into is join lambda lateral leading left like
  limit localtime localtimestamp natural normalize not null offset on only or order outer pivot placing prepare primary
  qualify recursive references returning right rollup row rows select set show skip some summarize symmetric table then
  to trailing trim true uescape union unique unnest unpivot update user using values variadic when where window with`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Why a table or column cannot be called so. */
export const nameProblem = (name: string): string | undefined =>
  RESERVED.has(name) || name.startsWith('vigie_')
    ? `\`${name}\` is a word that SQL or Vigie keeps for itself; take another name`
    : undefined;

const onlyFor = (kinds: readonly FileKind[], kind: FileKind): string | undefined =>
  kinds.includes(kind) ? undefined : `is for columns of kind ${kinds.join(' or ')}; this one is ${kind}`;

function referenceProblem(to: string, kind: FileKind, all: ReadonlyMap<string, Draft>): string | undefined {
  const target = all.get(to);
  if (!target) return `there is no table \`${to}\`; ${suggestion(to, [...all.keys()])}`;
  const key = target.facts.key.filter((name) => !isOfSource(target.columns.get(name)?.facts ?? {}));
  if (key.length !== 1)
    return `a row of \`${to}\` is known by ${key.join(', ')} together; one column cannot hold that`;
  const wanted = target.columns.get(key[0] as string)?.facts.kind;
  return wanted === undefined || wanted === kind
    ? undefined
    : `the key of \`${to}\` is ${wanted}, this column is ${kind}`;
}

function inheritProblem(
  column: DraftColumn,
  from: string,
  table: Draft,
  all: ReadonlyMap<string, Draft>,
): string | undefined {
  const whole = [...table.columns.values()].find(({ facts }) => facts.part_of === from);
  if (!whole) return `no column of \`${table.name}\` says \`part_of: ${from}\`: which row is it taken from?`;
  const by = all.get(from)?.facts.key[0];
  if (by !== undefined && whole.name !== by)
    return `\`${whole.name}\` would have to be called \`${by}\`, like the key of \`${from}\``;
  const found = all.get(from)?.columns.get(column.name);
  return found?.facts.kind === column.facts.kind
    ? undefined
    : `\`${from}\` has no column \`${column.name}\` of kind ${column.facts.kind}`;
}

/** The columns of a table that hold the currency of its rows. */
export const currencyColumns = (table: Draft): DraftColumn[] =>
  [...table.columns.values()].filter(({ facts }) => facts.kind === 'currency' && !facts.optional);

function moneyProblem(table: Draft): string | undefined {
  const found = currencyColumns(table);
  if (found.length !== 1)
    return `money needs one column of kind currency beside it, never empty; \`${table.name}\` has ${found.length}`;
  const { business_date, rate_date } = table.facts;
  return business_date === undefined && rate_date === undefined
    ? 'money needs a day whose rate converts it: say `business_date` or `rate_date`'
    : undefined;
}

/** The kinds that a derivation takes, and makes. */
const DERIVED_KINDS = {
  day_of: { takes: 'timestamp', makes: 'date' },
  after: { takes: 'timestamp', makes: 'timestamp' },
  difference: { takes: 'decimal', makes: 'decimal' },
} as const;

function deriveProblem(column: DraftColumn, derive: Derive, table: Draft): string | undefined {
  if ('source' in derive)
    return column.facts.kind === 'text'
      ? undefined
      : `\`source\` makes a text; this column is ${column.facts.kind}`;
  const form = 'day_of' in derive ? 'day_of' : 'after' in derive ? 'after' : 'difference';
  const { takes, makes } = DERIVED_KINDS[form];
  if (kindOf(column.facts.kind) !== makes)
    return `\`${form}\` makes a ${makes}; this column is ${column.facts.kind}`;
  const names = [...table.columns.keys()];
  for (const name of derivedFrom(derive)) {
    const from = table.columns.get(name);
    if (!from) return `there is no column \`${name}\`; ${suggestion(name, names)}`;
    if (kindOf(from.facts.kind) !== takes)
      return `\`${form}\` takes a ${takes}; \`${name}\` is ${from.facts.kind}`;
    if (from.facts.derive && names.indexOf(name) >= names.indexOf(column.name))
      return `\`${name}\` is worked out itself, and has to stand before`;
  }
  return undefined;
}
