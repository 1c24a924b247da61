import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The files of a company's own folder, by their paths in it. */
export type OwnFiles = Readonly<Record<string, string>>;

/** Where they are kept, for `vigie --stack`: whoever asks a stack need not have the folder. */
export const DEPLOYED_FOLDER = 'config/own.json';

/** Reads a folder as it was deployed; none where there is no such folder. */
export function readOwnFiles(folder: string): OwnFiles {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return Object.fromEntries(
    paths.sort().map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path), 'utf8')]),
  );
}
