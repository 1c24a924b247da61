import { VigieError } from '../../platform/errors.ts';
import { loadTables } from '../tables/load-tables.ts';
import type { Tables } from '../tables/tables.ts';
import { suggestion } from '../values/nearest.ts';
import { isShippedAlone, sqlFolder } from '../yaml/folders.ts';
import { type BrokenPart, Faults, refuseBroken } from './broken.ts';
import { type Check, readChecks } from './check.ts';
import { type Dimension, readDimensions } from './dimension.ts';
import type { Kpi } from './kpi.ts';
import { type List, readLists } from './list.ts';
import { readKpis } from './read-kpis.ts';
import { readViews } from './read-views.ts';
import { inReadingOrder } from './relations-read.ts';
import type { View } from './view.ts';

/** Every table, KPI, view, measure, dimension and check there is, checked against one another. */
export interface Catalogue {
  readonly tables: Tables;
  /** By id, ascending. One that cannot be computed has a `problem`. */
  readonly kpis: readonly Kpi[];
  /** Views and measures, by name. */
  readonly views: readonly View[];
  readonly dimensions: ReadonlyMap<string, Dimension>;
  /** By id, ascending. */
  readonly checks: readonly Check[];
  /** What to act on, behind KPIs; by id, ascending. */
  readonly lists: readonly List[];
  /** What cannot be used, and why: whoever runs a morning goes on without it and tells, whoever can mend it refuses it. */
  readonly broken: readonly BrokenPart[];
  /** A KPI by id. Throws KPI_UNKNOWN, naming the nearest one. */
  kpi(id: string): Kpi;
  /** The views and measures a KPI uses, directly or through others, each after those it reads. */
  viewsOf(kpi: Pick<Kpi, 'views'>): readonly View[];
}

/**
 * Reads `dimensions.yaml`, `views/`, `measures/`, `kpis/` and `checks/` of the folders: first what ships with Vigie, then
 * a company's, which adds to it, and adjusts KPIs by `kpis/<id>.yaml`. A mistake breaks what it is in and what needs that,
 * and nothing else: see `broken`. But a mistake in a table's file breaks the whole (TABLE_INVALID), as one in vigie.yaml
 * does: nobody could say what feeds fill.
 */
export function readCatalogue(folders: readonly string[], tables?: Tables): Catalogue {
  if (tables !== undefined || !isShippedAlone(folders)) return read(folders, tables ?? loadTables(folders));
  shipped ??= read([sqlFolder()], loadTables());
  return shipped;
}

/** What ships does not change while a process lives, and most companies have nothing beside it. */
let shipped: Catalogue | undefined;

function read(folders: readonly string[], tables: Tables): Catalogue {
  const faults = new Faults();
  const dimensions = readDimensions(folders, tables, faults);
  const views = readViews(folders, tables, dimensions, faults);
  const viewsOf = (kpi: Pick<Kpi, 'views'>) => inReadingOrder(kpi.views, views, noCircle);
  const kpis = readKpis(folders, { tables, dimensions, views, values: valuesOf(views), viewsOf, faults });
  const checks = readChecks(folders, tables, faults);
  const lists = readLists(folders, { tables, views, kpis, faults });
  const byId = new Map(kpis.map((kpi) => [kpi.id, kpi]));
  return {
    tables,
    kpis,
    views: [...views.values()],
    dimensions,
    checks,
    lists,
    broken: faults.found,
    viewsOf,
    kpi: (id) => byId.get(id) ?? unknownKpi(id, [...byId.keys()]),
  };
}

/**
 * The same where nothing may be broken. Throws FRONT_MATTER_INVALID (file, line, what was found, what was allowed),
 * NAME_TWICE, VIEW_NAME, VIEW_CYCLE or ADJUSTS_NOTHING: one error that tells all of it.
 */
export function loadCatalogue(folders: readonly string[] = [sqlFolder()], tables?: Tables): Catalogue {
  const catalogue = readCatalogue(folders, tables);
  refuseBroken(catalogue.broken);
  return catalogue;
}

/** Every value there is, and the measure that has it. */
const valuesOf = (views: ReadonlyMap<string, View>): Map<string, View> =>
  new Map([...views.values()].flatMap((view) => Object.keys(view.values).map((value) => [value, view])));

/** Views that read themselves are not in the catalogue. */
const noCircle = (view: View, path: readonly string[]): Error =>
  new Error(`${view.file} reads itself: ${path.join(' → ')}`);

function unknownKpi(id: string, known: readonly string[]): never {
  throw new VigieError(`there is no KPI \`${id}\`; ${suggestion(id, known)}`, {
    code: 'KPI_UNKNOWN',
    hint: 'Each file of sql/kpis, and of the folder kpis/ beside vigie.yaml, is one KPI, called like its file.',
    where: { field: id },
  });
}
