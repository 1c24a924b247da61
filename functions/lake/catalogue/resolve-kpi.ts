import type { Tables } from '../tables/tables.ts';
import { suggestion } from '../values/nearest.ts';
import { type Faults, firstLine } from './broken.ts';
import { type Cube, type CubeQuantity, isOfEntity, MEASURED, OWN_ROWS } from './cube.ts';
import { tablesBehind } from './dependencies.ts';
import type { Dimension } from './dimension.ts';
import { type SqlFile as ReadFile, requireSelect } from './front-matter.ts';
import type { Kpi, KpiFrontMatter } from './kpi.ts';
import { countedTables } from './kpi-needs.ts';
import { parseQuantity, type Quantity, quantityForm } from './quantity.ts';
import { allReads, relationsRead } from './relations-read.ts';
import { keysOf, rowColumns, toldBy } from './rows.ts';
import type { SqlFile } from './sql-files.ts';
import type { View } from './view.ts';

/** What KPIs may name. */
export interface Known {
  readonly tables: Tables;
  readonly dimensions: ReadonlyMap<string, Dimension>;
  readonly views: ReadonlyMap<string, View>;
  /** The measures, by the values they have. */
  readonly values: ReadonlyMap<string, View>;
  viewsOf(kpi: Pick<Kpi, 'views'>): readonly View[];
  /** Why a name is not known. */
  readonly faults: Faults;
  /** Whoever names them is a company's own, and may mean its own of two that share a name. */
  readonly own: boolean;
}

/** What follows from a KPI's file: all but where it is from. */
export type Resolved = Omit<Kpi, 'version' | 'adjustedBy' | 'problem'>;

type File = ReadFile<KpiFrontMatter>;

/** A KPI with everything that follows from its file. Throws FRONT_MATTER_INVALID with file and line. */
export function resolveKpi(
  { file, name }: Pick<SqlFile, 'file' | 'name'>,
  read: File,
  known: Known,
): Resolved {
  const { facts, sql, sqlLine } = read;
  if (!facts.windows.includes(facts.headline))
    throw read.wrong(
      ['headline'],
      `headline \`${facts.headline}\` is not among its windows (${facts.windows.join(', ')})`,
      'Add it to `windows`, or choose another headline.',
    );
  const listed = facts.dimensions.map((dimension, at) => dimensionOf(read, known, dimension, at));
  const { cube, brokenDownBy } = cubeOf(read, known, listed);
  const own = relationsRead(read, {
    tables: known.tables,
    names: [...known.views.keys()],
    also: cube?.gives === 'select' ? [MEASURED] : [],
    faults: known.faults,
    own: known.own,
  });
  const views = [
    ...new Set([
      ...[...(cube?.quantities ?? []), ...(cube?.unknown ? [cube.unknown] : [])]
        .map(({ rows }) => rows)
        .filter((rows) => rows !== OWN_ROWS),
      ...own.views,
    ]),
  ];
  const lookups = (cube?.quantities ?? []).flatMap(({ dimensions }) =>
    dimensions.flatMap(({ inRows, from }) => (inRows || from === null ? [] : [{ [from.table]: null }])),
  );
  const used = known.viewsOf({ views });
  const reads = allReads([...used.map((view) => view.reads), own.reads, ...lookups]);
  return {
    ...facts,
    id: name,
    file,
    sql,
    sqlLine,
    cube,
    ratio: cube?.gives === 'figures' ? facts.denominator !== undefined : (facts.ratio ?? false),
    additive: cube?.gives === 'figures' ? addsUp(cube) : (facts.additive ?? false),
    dimensions: Object.fromEntries(brokenDownBy.map(({ id, names }) => [id, names])),
    brokenDownBy,
    reads,
    counts: countedTables(reads, known.tables),
    dependsOn: tablesBehind({ reads, brokenDownBy }, [sql, ...used.map((view) => view.sql)], known.tables),
    views,
    runbook: `docs/kpis.md#${name}`,
  };
}

function dimensionOf(read: File, { dimensions, faults, own }: Known, name: string, at: number): Dimension {
  const dimension = dimensions.get(name);
  const twice = own ? faults.doubled(name, 'dimension') : undefined;
  if (dimension && !twice) return dimension;
  const broken = twice ?? faults.of(name, 'dimension') ?? faults.of('', 'dimension');
  if (broken)
    throw read.wrong(
      ['dimensions', at],
      `the dimension \`${name}\` cannot be used: ${firstLine(broken)}`,
      `Mend ${broken.file} first.`,
    );
  throw read.wrong(
    ['dimensions', at],
    `there is no dimension \`${name}\`; ${suggestion(name, [...dimensions.keys()])}`,
    'They are in sql/dimensions.yaml.',
  );
}

function cubeOf(
  read: File,
  known: Known,
  listed: readonly Dimension[],
): { cube: Cube | null; brokenDownBy: readonly Dimension[] } {
  const { numerator, denominator, measures, ratio, additive } = read.facts;
  if (numerator !== undefined) {
    for (const field of ['measures', 'ratio', 'additive'] as const)
      if (read.facts[field] !== undefined)
        throw read.wrong(
          [field],
          `\`${field}\` follows from \`numerator\` and \`denominator\`: leave it out`,
        );
    const quantities = [
      countedAs(read, known, 'numerator', numerator),
      ...(denominator === undefined ? [] : [countedAs(read, known, 'denominator', denominator)]),
    ];
    return brokenDown(read, known, listed, quantities, 'figures');
  }
  requireSelect(read);
  if (denominator !== undefined) throw read.wrong(['denominator'], '`denominator` needs a `numerator`');
  for (const [field, value] of Object.entries({ ratio, additive }))
    if (value === undefined)
      throw read.wrong(
        [],
        `\`${field}\` is missing: true or false, for the SELECT returns numerator and denominator itself`,
        'Or say what is counted, with `numerator`, and return rows.',
      );
  if (measures === undefined) {
    if (read.facts.unknown !== undefined)
      throw read.wrong(
        ['unknown'],
        '`unknown` is of windows that Vigie counts, and the SELECT returns its figures itself',
        'Say what is counted, with `numerator` or `measures`.',
      );
    onceEach(read, listed);
    return { cube: null, brokenDownBy: listed };
  }
  const quantities = measures.map((value, at) => ({
    ...measured(read, known, ['measures', at], value),
    name: value,
    whole: false,
  }));
  return brokenDown(read, known, listed, quantities, 'select');
}

type Counted = Omit<CubeQuantity, 'dimensions'>;

/** A numerator or denominator: a quantity of the SELECT's rows, or a value that a measure has. */
function countedAs(read: File, known: Known, name: 'numerator' | 'denominator', text: string): Counted {
  const whole = name === 'denominator' && text.startsWith('whole ');
  const rest = whole ? text.slice('whole '.length).trim() : text.trim();
  const own = parseQuantity(rest);
  return { ...(own ? { ...own, rows: OWN_ROWS } : measured(read, known, [name], rest)), name, whole };
}

function measured(
  read: File,
  { values, faults, own }: Known,
  at: readonly (string | number)[],
  name: string,
): Quantity & { rows: string } {
  const measure = values.get(name);
  const quantity = measure?.values[name];
  const twice = own && measure ? faults.doubled(measure.name, 'measure', 'view') : undefined;
  if (measure && quantity && !twice) return { ...quantity, rows: measure.name };
  // Which values a broken measure has is not known: it may be the one.
  const broken = twice ?? faults.found.find(({ kind }) => kind === 'measure');
  throw read.wrong(
    at,
    `\`${name}\` is neither a value of a measure nor a quantity of its rows; ${suggestion(name, [...values.keys()])}`,
    broken
      ? `A measure that cannot be used may have it: ${firstLine(broken)}`
      : `A quantity is ${quantityForm}.`,
  );
}

function brokenDown(
  read: File,
  known: Known,
  listed: readonly Dimension[],
  counted: readonly Counted[],
  gives: Cube['gives'],
): { cube: Cube; brokenDownBy: readonly Dimension[] } {
  const columns = columnsOf(read, known, listed, counted, gives);
  const parts = counted.filter(({ whole }) => !whole);
  const everywhere = [...known.dimensions.values()].filter(
    (dimension) =>
      dimension.everywhere &&
      !listed.includes(dimension) &&
      parts.every(({ rows }) => toldBy(dimension, columns(rows))),
  );
  const brokenDownBy = [...listed, ...everywhere];
  onceEach(read, brokenDownBy);
  const quantities = counted.map((each) => ({
    ...each,
    dimensions: each.whole
      ? []
      : brokenDownBy.flatMap((dimension) => toldBy(dimension, columns(each.rows)) ?? []),
  }));
  for (const [at, dimension] of listed.entries()) {
    const silent = quantities.filter(
      (each) => !each.whole && !each.dimensions.some(({ name }) => name === dimension.name),
    );
    const [first] = silent;
    if (first === undefined || (gives === 'select' && silent.length < quantities.length)) continue;
    const { name, rows } = first;
    const needs =
      dimension.from === null
        ? `\`${dimension.column}\``
        : `\`${dimension.column}\` or \`${dimension.from.key}\``;
    throw read.wrong(
      ['dimensions', at],
      `the rows of its ${name} (${rows === OWN_ROWS ? 'the SELECT' : `${known.views.get(rows)?.file}`}) do not tell \`${dimension.name}\`: they have no column ${needs}`,
      'Return the column, leave the dimension out, or of a denominator say `whole`: every member has the total then.',
    );
  }
  refuseRanking(read, listed, quantities);
  const unknown = unknownOf(read, known, brokenDownBy);
  return { cube: { quantities, gives, ...(unknown && { unknown }) }, brokenDownBy };
}

/** What was not known when a window began, by those of the dimensions that its rows tell themselves. */
function unknownOf(read: File, known: Known, brokenDownBy: readonly Dimension[]): CubeQuantity | undefined {
  const name = read.facts.unknown;
  if (name === undefined) return undefined;
  const quantity = measured(read, known, ['unknown'], name);
  if (quantity.kind !== 'opening')
    throw read.wrong(
      ['unknown'],
      `\`${name}\` is counted as \`${quantity.kind}\`: it has to be \`opening\`, what stands when a window begins`,
    );
  const columns = known.views.get(quantity.rows)?.columns ?? [];
  const dimensions = brokenDownBy.flatMap((dimension) => {
    const told = toldBy(dimension, columns);
    return told?.inRows ? [told] : [];
  });
  return { ...quantity, name: 'not_known', whole: false, dimensions };
}

/** The largest members, and what the others have together, are known of sums of the same rows alone. */
function refuseRanking(read: File, listed: readonly Dimension[], quantities: readonly CubeQuantity[]): void {
  const at = listed.findIndex(({ top }) => top !== null);
  const [first] = quantities;
  const ranked = quantities.every(
    ({ kind, by, rows, whole }) => kind === 'sum' && by === null && !whole && rows === first?.rows,
  );
  if (at < 0 || ranked) return;
  throw read.wrong(
    ['dimensions', at],
    `\`${listed[at]?.name}\` shows only its largest members: that takes sums of the same rows`,
    'Leave the dimension out, or count `sum <column>` of one SELECT.',
  );
}

/** The columns of the rows of each measure, and of the KPI's own SELECT, which must have rows where they are counted. */
function columnsOf(
  read: File,
  known: Known,
  listed: readonly Dimension[],
  counted: readonly Counted[],
  gives: Cube['gives'],
): (rows: string) => readonly string[] {
  const own = counted.filter(({ rows }) => rows === OWN_ROWS);
  if (own.length > 0) requireSelect(read);
  else if (gives === 'figures' && read.sql !== '')
    throw read.wrong(
      0,
      'the SELECT is not used: its numerator and denominator are measures',
      'Leave it out, or count a quantity of its rows.',
    );
  const names = own.length > 0 ? rowColumns(read, own, listed, keysOf(known.dimensions.values())) : [];
  return (rows) => (rows === OWN_ROWS ? names : (known.views.get(rows)?.columns ?? []));
}

function onceEach(read: File, dimensions: readonly Dimension[]): void {
  for (const [at, { id, name }] of dimensions.entries()) {
    const other = dimensions.slice(0, at).find((each) => each.id === id);
    if (other)
      throw read.wrong(
        ['dimensions', at],
        `\`${name}\` and \`${other.name}\` are both called \`${id}\` in figures: a KPI has one of them`,
      );
  }
}

/** Whether the members of a dimension add up to the total: not where something counts in several of them, or is whole. */
const addsUp = ({ quantities }: Cube): boolean =>
  quantities.every(({ kind, column, by, whole, dimensions }) => {
    const entity =
      by ??
      (kind === 'distinct' || kind === 'repeated' || kind === 'prior' || kind === 'kept' ? column : null);
    return !whole && (entity === null || dimensions.every((dimension) => isOfEntity(dimension, entity)));
  });
