import { VigieError } from '../../platform/errors.ts';
import type { Tables } from '../tables/tables.ts';
import { type BrokenPart, type Faults, firstLine, type Part } from './broken.ts';
import { MEASURED, OWN_ROWS } from './cube.ts';
import type { Dimension } from './dimension.ts';
import { readSqlFile, requireSelect } from './front-matter.ts';
import { ENGINE_RELATIONS, inReadingOrder, relationsRead } from './relations-read.ts';
import { measureValues } from './resolve-measure.ts';
import { type SqlFile, sqlFiles } from './sql-files.ts';
import { measureFrontMatter, type View, type ViewFacts, viewFrontMatter } from './view.ts';

/** A file, and whether it is a measure's or a view's. */
interface Source extends SqlFile {
  readonly kind: 'view' | 'measure';
}

const partOf = ({ kind, name, file }: Source): Part => ({ kind, name, file });

/**
 * Reads `views/*.sql` and `measures/*.sql` of the folders, by name. What is broken is noted and left out, and so is
 * what reads it: each of the others has everything it needs.
 */
export function readViews(
  folders: readonly string[],
  tables: Tables,
  dimensions: ReadonlyMap<string, Dimension>,
  faults: Faults,
): ReadonlyMap<string, View> {
  const sources = (['view', 'measure'] as const).flatMap((kind) =>
    sqlFiles(folders, kind, faults).map((file): Source => ({ ...file, kind })),
  );
  const named = sources.filter(
    (source) => faults.attempt(partOf(source), () => checkName(source, sources, tables)) !== undefined,
  );
  const views = new Map<string, View>();
  for (const source of named) {
    const view = faults.attempt(partOf(source), () => readView(source, named, tables, dimensions, faults));
    if (view) views.set(view.name, view);
  }
  dropWhere(views, named, faults, (view) => {
    inReadingOrder([view.name], views, circle);
  });
  dropWhere(views, named, faults, (view) => refuseTaken(view, views));
  // What reads something broken is broken, and so is what reads that.
  for (let before = -1; before !== views.size; ) {
    before = views.size;
    dropWhere(views, named, faults, (view) => refuseMissing(view, views, faults));
  }
  return new Map([...views].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Takes out those with which something is wrong. */
function dropWhere(
  views: Map<string, View>,
  sources: readonly Source[],
  faults: Faults,
  refuse: (view: View) => void,
): void {
  const wrong = sources.filter((source) => {
    const view = views.get(source.name);
    const sound = (each: View): true => {
      refuse(each);
      return true;
    };
    return view && faults.attempt(partOf(source), () => sound(view)) === undefined;
  });
  for (const { name } of wrong) views.delete(name);
}

function readView(
  { file, name, text, kind, folder }: Source,
  sources: readonly Source[],
  tables: Tables,
  dimensions: ReadonlyMap<string, Dimension>,
  faults: Faults,
): View {
  const own = folder > 0;
  const known = { tables, names: sources.map((source) => source.name), also: [], faults, own };
  if (kind === 'view') {
    const read = requireSelect(readSqlFile(file, text, viewFrontMatter));
    return { ...textOf(read), name, file, own, ...relationsRead(read, known), values: {}, columns: [] };
  }
  const read = requireSelect(readSqlFile(file, text, measureFrontMatter));
  return {
    ...textOf(read),
    name,
    file,
    own,
    ...relationsRead(read, known),
    ...measureValues(read, dimensions),
  };
}

function textOf({ facts, sql, sqlLine }: ReturnType<typeof readSqlFile<ViewFacts>>) {
  return { describes: facts.describes, plannedApart: facts.planned_apart ?? false, sql, sqlLine };
}

function checkName({ name, file, kind }: Source, sources: readonly Source[], tables: Tables): true {
  const other = sources.find((each) => each.name === name && each.kind !== kind);
  if (other)
    throw fault('VIEW_NAME', file, `\`${name}\` is a view and a measure`, 'Rename one of the two files.');
  if (!tables.has(name) && ![...ENGINE_RELATIONS, OWN_ROWS, MEASURED].includes(name)) return true;
  const what = `a view or measure cannot be called \`${name}\`: that is a relation the engine prepends`;
  throw fault('VIEW_NAME', file, what, 'Rename the file.');
}

/** A value has one measure: the one that ships, else the first by name. */
function refuseTaken(view: View, views: ReadonlyMap<string, View>): void {
  for (const value of Object.keys(view.values)) {
    const others = [...views.values()].filter((other) => other !== view && value in other.values);
    const first = others.find((other) => before(other, view));
    if (first)
      throw fault(
        'VIEW_NAME',
        view.file,
        `\`${value}\` is a value of ${first.file} already`,
        'Give yours another name.',
      );
  }
}

const before = (one: View, other: View): boolean =>
  one.own === other.own ? one.name < other.name : other.own;

function refuseMissing(view: View, views: ReadonlyMap<string, View>, faults: Faults): void {
  for (const name of view.views) {
    if (views.has(name)) continue;
    const broken = faults.of(name, 'view', 'measure') as BrokenPart;
    throw fault(
      'FRONT_MATTER_INVALID',
      view.file,
      `reads \`${name}\`, which cannot be used: ${firstLine(broken)}`,
      `Mend ${broken.file} first.`,
      view.sqlLine,
    );
  }
}

const circle = (view: View, path: readonly string[]): VigieError =>
  fault(
    'VIEW_CYCLE',
    view.file,
    `reads itself: ${path.join(' → ')}`,
    'Take one of these views out of the circle.',
  );

const fault = (code: string, file: string, message: string, hint: string, line = 1): VigieError =>
  new VigieError(`${file}: ${message}`, { code, hint, where: { file, line } });
