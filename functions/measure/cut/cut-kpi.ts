import type { Cube, CubeDimension, CubeQuantity } from '../../lake/catalogue/cube.ts';
import { type Kpi, OTHER_MEMBERS } from '../../lake/catalogue/kpi.ts';
import { sqlText } from '../../lake/values/sql-text.ts';
import { VigieError } from '../../platform/errors.ts';
import { lookups, memberOf } from '../cube/members.ts';
import { keyParts } from './member-key.ts';

/** Which of a KPI's rows are counted, and by what: beside what is recorded of every day. */
export interface Cut {
  /** Ids of dimensions that members are counted by, together: a row is of one member of each. */
  readonly by: readonly string[];
  /** Only rows of these members. */
  readonly where: readonly MemberOf[];
  /** The members that a dimension with a `top` showed on the day; all others are `(other)` there. */
  readonly shown: ReadonlyMap<string, readonly string[]>;
}

export interface MemberOf {
  readonly dimension: string;
  readonly member: string;
}

/** The dimension of a KPI that was cut by several together; `keyMembers` tells its members. */
export const CUT = 'vigie_cut';

/**
 * The KPI, counted of some of its rows, by the dimensions asked for, each alone and all together (`CUT`). The engine's own cube
 * does it: each quantity counts as ever, of rows among which those of other members are left out. What is the whole of every
 * member stays whole. Throws CUT_IMPOSSIBLE where rows do not tell a dimension, or Vigie does not see them.
 */
export function cutKpi(kpi: Kpi, cut: Cut): Kpi {
  const { cube } = kpi;
  if (cube === null)
    throw impossible(`${kpi.id} returns its figures itself: its rows cannot be cut`, 'by one dimension');
  if (cube.gives === 'select' && cut.where.length > 0)
    throw impossible(
      `${kpi.id} may set a part against the whole: of some members\u2019 rows alone, the whole would be another`,
      'by two dimensions, and shown of one member',
    );
  const ids = cut.by.length > 1 ? [...cut.by, CUT] : cut.by;
  const dimensions = ids.map(inRows);
  const cutRows = new Map<string, { readonly name: string; readonly select: string }>();
  const quantities = cube.quantities.map((quantity): CubeQuantity => {
    if (quantity.whole) return quantity;
    const { rows } = quantity;
    const name = `${rows}_cut`;
    if (!cutRows.has(rows))
      cutRows.set(rows, { name, select: selectOf(kpi, quantity, cut, summed(cube, rows)) });
    return { ...quantity, rows: name, dimensions };
  });
  const whole: Cube = { ...cube, quantities, cutRows: [...cutRows.values()] };
  const named = ids.map((id) => [id, kpi.dimensions[id] ?? { en: id }]);
  return { ...kpi, cube: whole, dimensions: Object.fromEntries(named), brokenDownBy: [] };
}

/** The columns of rows of which nothing but sums is counted: those can be added up before they are cut; null of others. */
function summed({ quantities }: Cube, rows: string): string[] | null {
  const own = quantities.filter((each) => each.rows === rows && !each.whole);
  return own.every(({ kind, by }) => kind === 'sum' && by === null)
    ? [...new Set(own.map(({ column }) => column))]
    : null;
}

/** The column of cut rows with a dimension's member. */
const columnOf = (id: string): string => (id === CUT ? CUT : `vigie_by_${id}`);

const inRows = (id: string): CubeDimension => ({
  ...{ name: id, id, names: { en: id }, column: columnOf(id), inRows: true },
  ...{ from: null, label: null, top: null, members: {}, everywhere: false, file: '' },
});

/** Dimensions that every quantity's rows tell: those that a KPI can be cut by. */
export const cuttable = ({ cube, dimensions }: Pick<Kpi, 'cube' | 'dimensions'>): string[] =>
  Object.keys(dimensions).filter((id) =>
    cube?.quantities.every((each) => each.whole || each.dimensions.some((told) => told.id === id)),
  );

function selectOf(
  kpi: Kpi,
  quantity: CubeQuantity,
  { by, where, shown }: Cut,
  sums: readonly string[] | null,
): string {
  const told = (id: string): CubeDimension => {
    const found = quantity.dimensions.find((each) => each.id === id);
    if (found) return found;
    const allowed = cuttable(kpi);
    throw impossible(
      `the rows of ${kpi.id} (its ${quantity.name}) do not tell ${id}`,
      allowed.length === 0 ? 'as it is' : `by ${allowed.join(', ')}`,
    );
  };
  const used = [...by, ...where.map(({ dimension }) => dimension)].map(told);
  const members = by.map((id) => shownMember(told(id), shown));
  const columns = by.map((id, at) => `${members[at]} AS ${columnOf(id)}`);
  const only = where.map((each) => isOf(told(each.dimension), each.member, shown));
  const from = `FROM ${quantity.rows} r${lookups(used)}${only.length === 0 ? '' : `\nWHERE ${only.join(' AND ')}`}`;
  const both = by.length > 1 ? [`${keyParts(by.map((id) => `c.${columnOf(id)}`))} AS ${CUT}`] : [];
  const rows =
    sums === null
      ? `SELECT ${['r.*', ...columns].join(', ')}\n${from}`
      : `SELECT ${['r.day', ...columns, ...sums.map((column) => `sum(r.${column}) AS ${column}`)].join(', ')}
${from}
GROUP BY ${['r.day', ...members].join(', ')}`;
  return both.length === 0 ? `\n${rows}` : `\nSELECT ${['c.*', ...both].join(', ')}\nFROM (${rows}) c`;
}

/** Of a dimension that shows its largest members only, all others are one. */
function shownMember(dimension: CubeDimension, shown: Cut['shown']): string {
  const member = memberOf(dimension);
  const largest = dimension.top === null ? undefined : shown.get(dimension.id);
  if (largest === undefined) return member;
  return `CASE WHEN ${among(member, largest)} THEN ${member} ELSE '${OTHER_MEMBERS}' END`;
}

function isOf(dimension: CubeDimension, member: string, shown: Cut['shown']): string {
  const largest = dimension.top === null ? undefined : shown.get(dimension.id);
  if (largest === undefined || member !== OTHER_MEMBERS) return `${memberOf(dimension)} = ${sqlText(member)}`;
  return `NOT ${among(memberOf(dimension), largest)}`;
}

const among = (member: string, members: readonly string[]): string =>
  members.length === 0 ? '(1 = 0)' : `${member} IN (${members.map(sqlText).join(', ')})`;

const impossible = (message: string, how: string): VigieError =>
  new VigieError(`${message}.`, { code: 'CUT_IMPOSSIBLE', hint: `It can be broken down ${how}.` });
