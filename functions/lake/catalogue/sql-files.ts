import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { VigieError } from '../../platform/errors.ts';
import { nameOfFile } from '../yaml/folders.ts';
import type { Faults, Part } from './broken.ts';

/** A file of the catalogue: one that ships with Vigie, or of a company's folder. */
export interface SqlFile {
  /** As a person names it: `sql/kpis/net_revenue.sql`; of a company's folder `kpis/our_kpi.sql`. */
  readonly file: string;
  /** Its name without extension: the id. */
  readonly name: string;
  readonly text: string;
  /** Which of the folders it is in, from 0: Vigie's own. */
  readonly folder: number;
}

/** The folders in which files of each kind are. */
const PLACES = new Map([
  ['KPI', 'kpis'],
  ['view', 'views'],
  ['measure', 'measures'],
  ['check', 'checks'],
  ['list', 'lists'],
] as const);
export type FileKind = Exclude<Part['kind'], 'dimension'>;

const NAME = /^[a-z][a-z0-9_]*$/;

/**
 * The files of a kind in all folders, ascending by name. A name that cannot be an id, and the second file of a name, are
 * noted as broken and left out.
 */
export function sqlFiles(folders: readonly string[], kind: FileKind, faults: Faults): SqlFile[] {
  const files = new Map<string, SqlFile>();
  for (const file of filesIn(folders, kind, '.sql', faults)) {
    const part: Part = { kind, name: file.name, file: file.file };
    const other = files.get(file.name);
    if (other) faults.twice(part, other.file, remedyFor(kind, file.name));
    else files.set(file.name, file);
  }
  return [...files.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The files of `<folder>/<kind>` with an extension, folder by folder, each by name. */
export function filesIn(
  folders: readonly string[],
  kind: FileKind,
  extension: '.sql' | '.yaml',
  faults: Faults,
): SqlFile[] {
  return folders.flatMap((folder, at) => {
    const place = join(folder, PLACES.get(kind) as string);
    if (!existsSync(place)) return [];
    const names = readdirSync(place).filter((name) => name.endsWith(extension));
    return names.sort().flatMap((fileName) => {
      const path = join(place, fileName);
      const part = { kind, name: basename(fileName, extension), file: nameOfFile(folder, path) };
      const text = faults.attempt(part, () => {
        checkName(part);
        return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
      });
      return text === undefined ? [] : [{ file: part.file, name: part.name, text, folder: at }];
    });
  });
}

const remedyFor = (kind: FileKind, name: string): string =>
  kind === 'KPI'
    ? `Rename yours; to change headline, windows, dimensions or words of the other, write kpis/${name}.yaml instead.`
    : 'Rename yours: what ships with Vigie is not replaced, for other figures rest on it.';

function checkName({ name, file }: Part): void {
  if (NAME.test(name)) return;
  throw new VigieError(
    `${file}: a file name here takes lower case letters, digits and _, and begins with a letter`,
    { code: 'FRONT_MATTER_INVALID', hint: 'Rename the file; its name is the id.', where: { file, line: 1 } },
  );
}
