import { type CubeDimension, type CubeQuantity, OWN_ROWS } from '../../lake/catalogue/cube.ts';
import type { Kpi, PeriodName } from '../../lake/catalogue/kpi.ts';
import { visitsAreOfEntity } from '../cube/entities.ts';
import { TOTAL } from '../cube/members.ts';
import { type Part, partsOf } from '../cube/parts.ts';

/** A part of several KPIs: counted once, by every dimension and in every window that any of them shows. */
export interface SharedPart {
  readonly part: Part;
  readonly windows: readonly PeriodName[];
  /** The ids of those that may take what they need from it. */
  readonly kpis: readonly string[];
}

/** Parts whose sums are made of the same rows: these are read once. */
export interface Pass {
  /** All that is added up, by every dimension; each value has a count of those known. */
  readonly part: Part;
  readonly windows: readonly PeriodName[];
}

interface Wanted {
  readonly kpi: string;
  readonly part: Part;
  readonly windows: readonly PeriodName[];
}

/**
 * What several KPIs count of a measure. A figure is the same whichever other figures are counted beside it: by how many
 * dimensions, in which windows. One exception is kept apart: who is among the largest of a year hangs on the windows.
 */
export function sharedParts(
  kpis: readonly Kpi[],
  windowsOf: (kpi: Kpi) => readonly PeriodName[],
): SharedPart[] {
  const families = new Map<string, Wanted[]>();
  for (const kpi of kpis)
    for (const part of kpi.cube ? partsOf(kpi.cube) : []) {
      if (part.rows === OWN_ROWS) continue;
      const family = familyOf(part);
      families.set(family, [...(families.get(family) ?? []), { kpi: kpi.id, part, windows: windowsOf(kpi) }]);
    }
  const agreed = [...families.values()].map(agreeing);
  const sums = agreed.flatMap((wanted) => wanted.slice(0, 1).map(({ part }) => part));
  return agreed
    .filter((wanted) => wanted.length > 1 || sums.some((other) => isBeside(wanted[0]?.part, other)))
    .map(unionOf);
}

const isBeside = (part: Part | undefined, other: Part): boolean =>
  part !== undefined && part !== other && samePass(part, other);

/** What those of some parts add up whose rows can be read together; undefined where there is nothing to read together. */
export function passOf(parts: readonly SharedPart[]): Pass | undefined {
  const [first] = parts;
  if (first === undefined || parts.length < 2) return undefined;
  const { part, windows } = unionOf(parts.map((each) => ({ ...each, kpi: '' })));
  return { part: { ...part, kind: 'top', known: null }, windows };
}

/** Whether two parts add up the same rows, and mean the same by the names of their dimensions. */
export const samePass = (a: Part, b: Part): boolean =>
  isAddedUp(a) &&
  isAddedUp(b) &&
  a.rows === b.rows &&
  a.dimensions.every((one) =>
    b.dimensions.every((other) => one.id !== other.id || JSON.stringify(one) === JSON.stringify(other)),
  );

const isAddedUp = ({ kind, entity }: Part): boolean => (kind === 'sums' || kind === 'top') && entity === null;

/** A part's relation, taken from where the shared one is kept: its own windows, dimensions and names. */
export function takenFrom(relation: string, part: Part): string {
  const dimensions = [TOTAL, ...part.dimensions.map(({ id }) => id)].map((id) => `'${id}'`);
  const columns = part.quantities.map((quantity) => `s.${sharedName(quantity)} AS ${quantity.name}`);
  return `
SELECT s.as_of, s.period, s.comparison, s.dimension, s.member, ${columns.join(', ')}
FROM ${relation} s
JOIN periods p ON p.as_of = s.as_of AND p.period = s.period AND p.comparison = s.comparison
WHERE s.dimension IN (${dimensions.join(', ')})`;
}

/** Parts of one family can be counted in one go. */
export const familyOf = ({ kind, rows, entity, known, dimensions }: Part): string => {
  const how = kind === 'top' ? 'sums' : kind;
  const ofEntity =
    how === 'entities' || how === 'returning' ? visitsAreOfEntity(dimensions, entity ?? '') : null;
  return JSON.stringify([how, rows, entity, known, ofEntity]);
};

/** A column for what is counted, whatever a KPI calls it. */
export const sharedName = ({ kind, column, by }: CubeQuantity): string =>
  [kind, column, ...(by === null ? [] : ['by', by])].join('_');

const isRanked = ({ part }: Wanted): boolean => part.kind === 'top';

/** Those that mean the same by a dimension's name and, where largest members are shown, rank the same over the same windows. */
function agreeing(wanted: readonly Wanted[]): readonly Wanted[] {
  const leader = wanted.find(isRanked);
  const dimensions = new Map<string, string>();
  return [...wanted]
    .sort((a, b) => Number(isRanked(b)) - Number(isRanked(a)))
    .filter((each) => {
      const told = each.part.dimensions.map(
        (dimension) => [dimension.id, JSON.stringify(dimension)] as const,
      );
      const differs = told.some(([id, text]) => (dimensions.get(id) ?? text) !== text);
      if (differs || (leader !== undefined && !fitsRanking(leader, each))) return false;
      for (const [id, text] of told) dimensions.set(id, text);
      return true;
    });
}

/** Members are ranked by the first quantity over the longest window that ends on a day: neither may come from elsewhere. */
const fitsRanking = (leader: Wanted, { part, windows }: Wanted): boolean =>
  windows.every((window) => leader.windows.includes(window)) &&
  (part.kind !== 'top' || windows.length === leader.windows.length) &&
  part.quantities.every((each) =>
    leader.part.quantities.some((other) => sharedName(other) === sharedName(each)),
  );

function unionOf(wanted: readonly Wanted[]): SharedPart {
  const parts = wanted.map(({ part }) => part);
  const [first] = parts as [Part];
  const dimensions = byName<CubeDimension>(
    parts.flatMap((part) => part.dimensions),
    ({ id }) => id,
  );
  const quantities = byName<CubeQuantity>(
    parts.flatMap((part) => part.quantities),
    sharedName,
  ).map((quantity) => ({ ...quantity, name: sharedName(quantity), dimensions, whole: false }));
  return {
    part: { ...first, dimensions, quantities, whole: false },
    windows: byName(
      wanted.flatMap(({ windows }) => windows),
      (window) => window,
    ),
    kpis: [...new Set(wanted.map(({ kpi }) => kpi))],
  };
}

/** The first of each name, in order. */
const byName = <T>(all: readonly T[], nameOf: (each: T) => string): T[] => {
  const names = all.map(nameOf);
  return all.filter((_, at) => names.indexOf(names[at] as string) === at);
};
