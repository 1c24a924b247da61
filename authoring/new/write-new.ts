import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VigieError } from '../../functions/platform/errors.ts';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';
import type { AuthorFolder } from '../folder.ts';
import { newKpi } from './kpi.ts';
import type { NewFile } from './new-file.ts';
import { newCheck, newDimension, newMeasure, newTable } from './others.ts';

export const newKinds = ['kpi', 'measure', 'check', 'dimension', 'table'] as const;
export type NewKind = (typeof newKinds)[number];

/** What a kind and a name are written as: paths are those of the disk. */
export function newFiles(kind: NewKind, name: string, { own, cases }: AuthorFolder): NewFile[] {
  if (kind === 'kpi') {
    const { sql, cases: text } = newKpi(name);
    return [
      { path: join(own, 'kpis', `${name}.sql`), text: sql },
      { path: join(cases.path, `${name}.yaml`), text },
    ];
  }
  if (kind === 'dimension') return [{ path: join(own, 'dimensions.yaml'), text: newDimension(name) }];
  if (kind === 'table') return [{ path: join(own, 'tables', `${name}.yaml`), text: newTable(name) }];
  const text = kind === 'measure' ? newMeasure(name) : newCheck(name);
  return [{ path: join(own, `${kind}s`, `${name}.sql`), text }];
}

/** In a clone of Vigie: a source is code. */
export const inVigie = (files: readonly NewFile[]): NewFile[] =>
  files.map(({ path, text }) => ({ path: join(vigieFolder(), path), text }));

/** Writes files that are not there yet: none, where one is. Throws FILE_EXISTS. */
export function writeNew(files: readonly NewFile[]): void {
  for (const { path } of files) if (existsSync(path)) throw isThere(path);
  for (const { path, text } of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
  }
}

/** Adds an entry to a YAML file, which need not be there. Throws FILE_EXISTS where it has the entry. */
export function addEntry({ path, text }: NewFile, name: string): void {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (new RegExp(`^${name}:`, 'm').test(before)) throw isThere(`${name} of ${path}`);
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${before}${gap}${text}`);
}

const isThere = (what: string): VigieError =>
  new VigieError(`${what} is there already.`, {
    code: 'FILE_EXISTS',
    hint: 'Choose another name, or edit it.',
  });
