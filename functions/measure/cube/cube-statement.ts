import { type Cube, type CubeQuantity, MEASURED } from '../../lake/catalogue/cube.ts';
import { entitiesInWindows } from './entities.ts';
import { levelsInWindows } from './levels.ts';
import { TOTAL } from './members.ts';
import { type Part, partOf, partsOf } from './parts.ts';
import { returningInWindows } from './returning.ts';
import { sumsInWindows } from './sums.ts';
import { topInWindows } from './top.ts';

/** A relation of a statement's WITH. */
export interface Relation {
  readonly name: string;
  readonly select: string;
}

const IN_WINDOWS: Readonly<Record<Part['kind'], (part: Part, spans: boolean) => string>> = {
  sums: sumsInWindows,
  top: topInWindows,
  entities: entitiesInWindows,
  returning: returningInWindows,
  levels: levelsInWindows,
};

/**
 * A SELECT of what a part counts: by window, dimension and member, a column for each quantity. `spans`: sums are added up by the
 * spans of `window_days` before windows are made of them.
 */
export const partInWindows = (part: Part, spans = false): string => IN_WINDOWS[part.kind](part, spans);

/** Which figure a row is. */
export const KEYS = 'as_of, period, comparison, dimension, member';

/** What the cube needs that the engine makes only where it is named. */
export const cubeNeeds = (
  cube: Cube,
  spans = false,
): { readonly prior: boolean; readonly windowDays: boolean } => {
  const kinds = partsOf(cube).map(({ kind }) => kind);
  return {
    prior: kinds.includes('returning'),
    windowDays: kinds.some((kind) => kind === 'entities' || kind === 'top' || (spans && kind === 'sums')),
  };
};

/** What a part counts, where that is kept already: a SELECT of its windows. */
export type Counted = (part: Part) => string | undefined;

/** The relations that count a cube, the last of them by its windows and members, and the figures it gives. */
export function cubeStatement(
  cube: Cube,
  counted: Counted = () => undefined,
  spans = false,
): {
  readonly relations: readonly Relation[];
  readonly figures: string;
} {
  const parts = partsOf(cube);
  const names = parts.map((part, at) => nameOf(part, parts.slice(0, at)));
  const relations = parts.map((part, at) => ({
    name: names[at] as string,
    select: counted(part) ?? partInWindows(part, spans),
  }));
  const together = whereKnown(cube, joined(cube, parts, names));
  const unknown = cube.unknown && { name: UNKNOWN, select: partInWindows(partOf(cube.unknown)) };
  if (unknown) relations.push(unknown);
  if (cube.gives === 'figures') return { relations, figures: figuresOf(cube, together) };
  const columns = cube.quantities.map(({ name }) => name).join(', ');
  return {
    relations: [
      ...relations,
      {
        name: MEASURED,
        select: `\nSELECT as_of, period, comparison, ${SHOWN}, ${columns}\nFROM ${together}`,
      },
    ],
    figures: '',
  };
}

/** The relation of what was not known when windows began. */
const UNKNOWN = 'vigie_unknown';

/** Of the windows those of which everything was known when they began; a member of whom that is not told goes with the total. */
function whereKnown({ unknown, quantities }: Cube, together: string): string {
  if (unknown === undefined) return together;
  // Set against the whole, a member is no better known than that.
  const told = quantities.some(({ whole }) => whole) ? [] : unknown.dimensions.map(({ id }) => `'${id}'`);
  const own = (column: string): string =>
    told.length === 0
      ? `'${TOTAL}'`
      : `CASE WHEN windows.dimension IN (${told.join(', ')}) THEN windows.${column} ELSE '${TOTAL}' END`;
  const same = ['as_of', 'period', 'comparison'].map((key) => `u.${key} = windows.${key}`);
  return `(SELECT windows.*
FROM ${together}
LEFT JOIN ${UNKNOWN} u ON ${same.join(' AND ')} AND u.dimension = ${own('dimension')} AND u.member = ${own('member')}
WHERE coalesce(u.not_known, 0) = 0
) windows`;
}

function nameOf(part: Part, before: readonly Part[]): string {
  const same = before.filter(({ rows }) => rows === part.rows).length;
  return `${part.rows}_windows${same === 0 ? '' : `_${same + 1}`}`;
}

/** A total has neither dimension nor member. */
const SHOWN = `nullif(dimension, '${TOTAL}') AS dimension, CASE WHEN dimension <> '${TOTAL}' THEN member END AS member`;

/** Every part's rows beside one another; in `vigie_counted`, whether the numerator has one. */
function joined(cube: Cube, parts: readonly Part[], names: readonly string[]): string {
  const [only] = parts;
  if (only && parts.length === 1 && !only.whole) return `${names[0]} windows`;
  const branches = parts.map((part, at) => {
    const columns = cube.quantities.map(({ name }) =>
      part.quantities.some((own) => own.name === name) ? name : `NULL AS ${name}`,
    );
    const counted = part.quantities.some(({ name }) => name === 'numerator') ? 1 : 0;
    return `  SELECT ${KEYS}, ${columns.join(', ')}, ${counted} AS vigie_counted FROM ${names[at]}`;
  });
  const sums = cube.quantities.map(({ name }) => `sum(${name}) AS ${name}`).join(', ');
  return `(SELECT ${KEYS}, ${sums}, max(vigie_counted) AS vigie_counted FROM (
${branches.join('\n  UNION ALL\n')}
) parts GROUP BY ${KEYS}) windows`;
}

function figuresOf(cube: Cube, together: string): string {
  const parts = partsOf(cube);
  const denominator = cube.quantities.find(({ name }) => name === 'denominator');
  const apart = parts.length > 1 || parts.some(({ whole }) => whole);
  // Beside a numerator, nothing of what it is divided by is zero of it.
  const shown =
    denominator === undefined
      ? 'CAST(NULL AS decimal(18,4))'
      : apart
        ? `coalesce(${acrossMembers(denominator)}, 0)`
        : 'denominator';
  const select = `SELECT ${KEYS}, numerator, ${shown} AS denominator${apart ? ', vigie_counted' : ''}\nFROM ${together}`;
  const nothing =
    cube.quantities.every(({ kind }) => kind === 'level' || kind === 'opening') && denominator !== undefined;
  const where = [
    ...(apart ? ['vigie_counted = 1'] : []),
    ...(nothing ? ['(numerator <> 0 OR denominator <> 0)'] : []),
  ];
  return `
SELECT as_of, period, comparison, ${SHOWN}, numerator, denominator
FROM (
${select}
) figures${where.length === 0 ? '' : `\nWHERE ${where.join(' AND ')}`}
ORDER BY as_of, period, comparison, dimension, member`;
}

const acrossMembers = ({ whole }: CubeQuantity): string =>
  whole
    ? `max(CASE WHEN dimension = '${TOTAL}' THEN denominator END) OVER (PARTITION BY as_of, period, comparison)`
    : 'denominator';
