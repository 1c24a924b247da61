import { createHash } from 'node:crypto';
import { VigieError } from '../../platform/errors.ts';
import { suggestion } from '../nearest.ts';
import { tableNames } from '../schema/tables.ts';
import { tablesBehind } from './dependencies.ts';
import { readSqlFile } from './front-matter.ts';
import { type Kpi, kpiFrontMatter } from './kpi.ts';
import { type SqlFile, sqlFiles, sqlFolder } from './sql-files.ts';
import { type View, viewFrontMatter } from './view.ts';

/** Every KPI and view there is, checked against one another. */
export interface Catalogue {
  /** By id, ascending. */
  readonly kpis: readonly Kpi[];
  readonly views: readonly View[];
  /** A KPI by id. Throws KPI_UNKNOWN, naming the nearest one. */
  kpi(id: string): Kpi;
  /** The views a KPI uses, directly or through others, each after those it reads. */
  viewsOf(kpi: Pick<Kpi, 'views'>): readonly View[];
}

/**
 * Reads `kpis/*.sql` and `views/*.sql` of a folder. Throws FRONT_MATTER_INVALID (file, line, what was found, what
 * was allowed), VIEW_UNKNOWN, VIEW_CYCLE or TABLE_NOT_LISTED.
 */
export function loadCatalogue(folder: string = sqlFolder()): Catalogue {
  const views = sqlFiles(folder, 'views').map(readView);
  const byName = new Map(views.map((view) => [view.name, view]));
  const viewsOf = (kpi: Pick<Kpi, 'views'>) => inReadingOrder(kpi.views, byName);
  for (const view of views) {
    checkNames(view.file, view.views, byName);
    checkOver(view);
  }
  const kpis = sqlFiles(folder, 'kpis').map((file) => readKpi(file, byName));
  const byId = new Map(kpis.map((kpi) => [kpi.id, kpi]));
  return { kpis, views, viewsOf, kpi: (id) => byId.get(id) ?? unknownKpi(id, [...byId.keys()]) };
}

function readView({ file, name, text }: SqlFile): View {
  const { facts, sql, sqlLine } = readSqlFile(file, text, viewFrontMatter);
  if ((tableNames as string[]).includes(name) || ['periods', 'window_days'].includes(name)) {
    throw fault(
      'VIEW_NAME',
      file,
      `a view cannot be called \`${name}\`: that is a relation the engine prepends`,
      'Rename the file.',
    );
  }
  return { ...facts, name, file, sql, sqlLine };
}

function readKpi({ file, name, text }: SqlFile, views: ReadonlyMap<string, View>): Kpi {
  const { facts, sql, sqlLine } = readSqlFile(file, text, kpiFrontMatter);
  checkNames(file, facts.views, views);
  if (!facts.windows.includes(facts.headline)) {
    throw fault(
      'FRONT_MATTER_INVALID',
      file,
      `headline \`${facts.headline}\` is not among its windows (${facts.windows.join(', ')})`,
      'Add it to `windows`, or choose another headline.',
    );
  }
  const used = inReadingOrder(facts.views, views);
  for (const view of used) checkListed(file, view, Object.keys(facts.reads));
  const dependsOn = tablesBehind(facts, [sql, ...used.map((view) => view.sql)]);
  return { ...facts, id: name, file, sql, sqlLine, dependsOn, version: versionOf(text, used) };
}

function checkNames(file: string, names: readonly string[], views: ReadonlyMap<string, View>): void {
  for (const name of names) {
    if (views.has(name)) continue;
    const hint = suggestion(name, [...views.keys()]);
    throw fault('VIEW_UNKNOWN', file, `uses the view \`${name}\`, which is not in sql/views`, hint);
  }
}

function checkOver({ file, days, views }: View): void {
  if (days === undefined || ['periods', ...views].includes(days.over)) return;
  const hint = `Add \`${days.over}\` to \`views\`, or leave \`over\` out.`;
  throw fault('VIEW_UNKNOWN', file, `makes the windows of \`${days.over}\`, which it does not read`, hint);
}

/** A view's tables must be listed by whoever uses it, so that they are cut to the dates that are needed. */
function checkListed(file: string, view: View, listed: readonly string[]): void {
  const missing = view.reads.filter((table) => !listed.includes(table));
  if (missing.length === 0) return;
  throw fault(
    'TABLE_NOT_LISTED',
    file,
    `uses the view \`${view.name}\`, which reads ${missing.join(', ')}`,
    `Add ${missing.join(', ')} to \`reads\`.`,
  );
}

function inReadingOrder(names: readonly string[], views: ReadonlyMap<string, View>): View[] {
  const done = new Set<View>();
  const visit = (name: string, path: readonly string[]): void => {
    const view = views.get(name);
    if (!view || done.has(view)) return;
    if (path.includes(name))
      throw fault(
        'VIEW_CYCLE',
        view.file,
        `reads itself: ${[...path, name].join(' → ')}`,
        'Take one of these views out of the circle.',
      );
    for (const other of view.views) visit(other, [...path, name]);
    done.add(view);
  };
  for (const name of names) visit(name, []);
  return [...done];
}

function versionOf(text: string, views: readonly View[]): string {
  const hash = createHash('sha256').update(text);
  for (const { name, sql, days } of views)
    hash.update(`\0${name}\0${sql}${days ? JSON.stringify(days) : ''}`);
  return hash.digest('hex').slice(0, 12);
}

const fault = (code: string, file: string, message: string, hint: string): VigieError =>
  new VigieError(`${file}: ${message}`, { code, hint, where: { file, line: 1 } });

function unknownKpi(id: string, known: readonly string[]): never {
  throw new VigieError(`there is no KPI \`${id}\`; ${suggestion(id, known)}`, {
    code: 'KPI_UNKNOWN',
    hint: 'Each file of sql/kpis is one KPI, called like its file.',
    where: { field: id },
  });
}
