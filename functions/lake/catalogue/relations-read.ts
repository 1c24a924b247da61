import type { Tables } from '../tables/tables.ts';
import { suggestion } from '../values/nearest.ts';
import { type Faults, firstLine } from './broken.ts';
import type { SqlFile } from './front-matter.ts';
import type { Reads } from './kpi.ts';
import { namedRelations } from './select-text.ts';
import type { View } from './view.ts';

/** Relations that the engine makes for whoever names them. */
export const ENGINE_RELATIONS: readonly string[] = [
  'periods',
  'window_days',
  'calendar_days',
  'trading_days',
];

/** What a SELECT may name beside tables. */
export interface Relations {
  readonly tables: Tables;
  /** Views and measures. */
  readonly names: readonly string[];
  /** Others that are there for this SELECT. */
  readonly also: readonly string[];
  /** Why a name is none of them. */
  readonly faults: Faults;
  /** The SELECT is of a company's own folder. */
  readonly own: boolean;
}

/**
 * What a SELECT reads, found where it says FROM and JOIN: tables, with the days beyond the windows that its front matter
 * asks for, and views or measures. Throws FRONT_MATTER_INVALID, with the line, for a name that nobody knows.
 */
export function relationsRead(
  file: SqlFile<{ readonly reads: Partial<Reads> }>,
  { tables, names, also, faults, own }: Relations,
): { readonly reads: Reads; readonly views: readonly string[] } {
  const named = namedRelations(file.sql);
  for (const { name, line } of named) {
    const twice = own ? faults.doubled(name, 'view', 'measure') : undefined;
    const known = [...tables.names, ...names, ...ENGINE_RELATIONS, ...also];
    if (known.includes(name) && !twice) continue;
    const broken = twice ?? faults.of(name, 'view', 'measure');
    if (broken)
      throw file.wrong(
        line,
        `reads \`${name}\`, which cannot be used: ${firstLine(broken)}`,
        `Mend ${broken.file} first.`,
      );
    throw file.wrong(
      line,
      `reads \`${name}\`, which is no table, view or measure; ${suggestion(name, known)}`,
    );
  }
  const read = named.map(({ name }) => name).filter(tables.has);
  const beside = Object.keys(file.facts.reads).filter((name) => !read.includes(name));
  for (const name of beside)
    if (!tables.has(name))
      throw file.wrong(['reads', name], `there is no table \`${name}\`; ${suggestion(name, tables.names)}`);
  return {
    reads: Object.fromEntries([...read, ...beside].map((name) => [name, file.facts.reads[name] ?? null])),
    views: named.map(({ name }) => name).filter((name) => names.includes(name)),
  };
}

/** The tables of several, each with the most days that any of them asks for; optional where none needs it. */
export function allReads(parts: readonly Reads[]): Reads {
  const merged: Record<string, Reads[string]> = {};
  for (const [name, reach] of parts.flatMap((part) => Object.entries(part)))
    merged[name] = Object.hasOwn(merged, name) ? both(merged[name] ?? null, reach) : reach;
  return merged;
}

function both(one: Reads[string], other: Reads[string]): Reads[string] {
  if (!one && !other) return null;
  return {
    history: most(one?.history ?? 0, other?.history ?? 0),
    ahead: most(one?.ahead ?? 0, other?.ahead ?? 0),
    ...(one?.optional && other?.optional ? { optional: true } : {}),
  };
}

const most = (a: number | 'all', b: number | 'all'): number | 'all' =>
  a === 'all' || b === 'all' ? 'all' : Math.max(a, b);

/** Views and measures, directly or through others, each after those it reads. Throws where one reads itself. */
export function inReadingOrder(
  names: readonly string[],
  views: ReadonlyMap<string, View>,
  circle: (view: View, path: readonly string[]) => Error,
): View[] {
  const done = new Set<View>();
  const visit = (name: string, path: readonly string[]): void => {
    const view = views.get(name);
    if (!view || done.has(view)) return;
    if (path.includes(name)) throw circle(view, [...path, name]);
    for (const other of view.views) visit(other, [...path, name]);
    done.add(view);
  };
  for (const name of names) visit(name, []);
  return [...done];
}
