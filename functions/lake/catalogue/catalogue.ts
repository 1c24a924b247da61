import { VigieError } from '../../platform/errors.ts';
import { sha256 } from '../../platform/hash.ts';
import { isTableName } from '../tables/tables.ts';
import { suggestion } from '../values/nearest.ts';
import { MEASURED, OWN_ROWS } from './cube.ts';
import { type Dimension, readDimensions } from './dimension.ts';
import { readSqlFile, requireSelect } from './front-matter.ts';
import { type Kpi, kpiFrontMatter } from './kpi.ts';
import { ENGINE_RELATIONS, inReadingOrder, relationsRead } from './relations-read.ts';
import { type Known, resolveKpi } from './resolve-kpi.ts';
import { measureValues } from './resolve-measure.ts';
import { type SqlFile, sqlFiles, sqlFolder } from './sql-files.ts';
import { measureFrontMatter, type View, viewFrontMatter } from './view.ts';

/** Every KPI, view, measure and dimension there is, checked against one another. */
export interface Catalogue {
  /** By id, ascending. */
  readonly kpis: readonly Kpi[];
  /** Views and measures. */
  readonly views: readonly View[];
  /** A KPI by id. Throws KPI_UNKNOWN, naming the nearest one. */
  kpi(id: string): Kpi;
  /** The views and measures a KPI uses, directly or through others, each after those it reads. */
  viewsOf(kpi: Pick<Kpi, 'views'>): readonly View[];
}

/**
 * Reads `dimensions.yaml`, `views/*.sql`, `measures/*.sql` and `kpis/*.sql` of a folder. Throws FRONT_MATTER_INVALID
 * (file, line, what was found, what was allowed), VIEW_NAME or VIEW_CYCLE.
 */
export function loadCatalogue(folder: string = sqlFolder()): Catalogue {
  const dimensions = readDimensions(folder);
  const files = [
    ...sqlFiles(folder, 'views').map((file) => ({ file, measure: false })),
    ...sqlFiles(folder, 'measures').map((file) => ({ file, measure: true })),
  ];
  const names = files.map(({ file }) => file.name);
  for (const { file } of files) checkName(file, names);
  const views = new Map(
    files.map(({ file, measure }) => [
      file.name,
      measure ? readMeasure(file, names, dimensions) : readView(file, names),
    ]),
  );
  const viewsOf = (kpi: Pick<Kpi, 'views'>) => inReadingOrder(kpi.views, views, circle);
  viewsOf({ views: names });
  const known: Known = { dimensions, views, values: valuesOf(views), viewsOf };
  const kpis = sqlFiles(folder, 'kpis').map((file) => {
    const kpi = resolveKpi(file, readSqlFile(file.file, file.text, kpiFrontMatter), known);
    return { ...kpi, version: versionOf(file.text, viewsOf(kpi), kpi.brokenDownBy) };
  });
  const byId = new Map(kpis.map((kpi) => [kpi.id, kpi]));
  return {
    kpis,
    views: [...views.values()],
    viewsOf,
    kpi: (id) => byId.get(id) ?? unknownKpi(id, [...byId.keys()]),
  };
}

function readView({ file, name, text }: SqlFile, names: readonly string[]): View {
  const read = requireSelect(readSqlFile(file, text, viewFrontMatter));
  const { facts, sql, sqlLine } = read;
  return {
    name,
    file,
    describes: facts.describes,
    sql,
    sqlLine,
    ...relationsRead(read, names),
    values: {},
    columns: [],
  };
}

function readMeasure(
  { file, name, text }: SqlFile,
  names: readonly string[],
  dimensions: ReadonlyMap<string, Dimension>,
): View {
  const read = requireSelect(readSqlFile(file, text, measureFrontMatter));
  const { facts, sql, sqlLine } = read;
  const counted = measureValues(read, dimensions);
  return { name, file, describes: facts.describes, sql, sqlLine, ...relationsRead(read, names), ...counted };
}

function checkName({ file, name }: SqlFile, names: readonly string[]): void {
  if (names.indexOf(name) !== names.lastIndexOf(name))
    throw fault('VIEW_NAME', file, `\`${name}\` is a view and a measure`, 'Rename one of the two files.');
  if (!isTableName(name) && ![...ENGINE_RELATIONS, OWN_ROWS, MEASURED].includes(name)) return;
  const what = `a view or measure cannot be called \`${name}\`: that is a relation the engine prepends`;
  throw fault('VIEW_NAME', file, what, 'Rename the file.');
}

/** Every value there is, and the measure that has it. */
function valuesOf(views: ReadonlyMap<string, View>): Map<string, View> {
  const values = new Map<string, View>();
  for (const view of views.values())
    for (const value of Object.keys(view.values)) {
      const other = values.get(value);
      if (other)
        throw fault('VIEW_NAME', view.file, `\`${value}\` is a value of ${other.file} already`, 'Rename it.');
      values.set(value, view);
    }
  return values;
}

const circle = (view: View, path: readonly string[]): VigieError =>
  fault(
    'VIEW_CYCLE',
    view.file,
    `reads itself: ${path.join(' → ')}`,
    'Take one of these views out of the circle.',
  );

function versionOf(text: string, views: readonly View[], dimensions: readonly Dimension[]): string {
  const parts = [
    text,
    ...views.map(({ name, sql, values }) => `${name}\0${sql}\0${JSON.stringify(values)}`),
    ...dimensions.map(({ id, column, from, top }) => JSON.stringify([id, column, from, top])),
  ];
  return sha256(parts.join('\0'), 12);
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
