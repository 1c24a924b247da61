import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { VigieError } from '../../platform/errors.ts';
import { ownFolder } from '../../platform/own-folder.ts';

/** The folder of SQL files that ships with Vigie. */
export const sqlFolder = (): string => join(ownFolder(), 'sql');

/** A SQL file that ships with Vigie or was added to it. */
export interface SqlFile {
  /** As a person names it: `sql/kpis/net_revenue.sql`. */
  readonly file: string;
  /** Its name without `.sql`: the id. */
  readonly name: string;
  readonly text: string;
}

const NAME = /^[a-z][a-z0-9_]*$/;

/** The files of `<folder>/<kind>`, ascending by name. Throws FRONT_MATTER_INVALID for a name that cannot be an id. */
export function sqlFiles(folder: string, kind: 'kpis' | 'views' | 'measures' | 'checks'): SqlFile[] {
  const place = join(folder, kind);
  if (!existsSync(place)) return [];
  const names = readdirSync(place).filter((name) => name.endsWith('.sql'));
  return names.sort().map((fileName) => {
    const path = join(place, fileName);
    const source = { file: relative(resolve(folder, '..'), path), name: basename(fileName, '.sql') };
    if (!NAME.test(source.name)) throw badName(source.file);
    return { ...source, text: readFileSync(path, 'utf8').replaceAll('\r\n', '\n') };
  });
}

const badName = (file: string): VigieError =>
  new VigieError(
    `${file}: a file name here takes lower case letters, digits and _, and begins with a letter`,
    {
      code: 'FRONT_MATTER_INVALID',
      hint: 'Rename the file; its name is the id.',
      where: { file, line: 1 },
    },
  );
