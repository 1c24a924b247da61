import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { foldersOf, sqlFolder } from '../functions/lake/yaml/folders.ts';
import { VigieError } from '../functions/platform/errors.ts';
import { vigieFolder } from '../functions/platform/vigie-folder.ts';

/** The files of cases: where they are, and what a person calls the folder. */
export interface CaseFolder {
  readonly path: string;
  readonly name: string;
}

/** A folder that somebody writes KPIs in: a company's, or Vigie's own in a clone. */
export interface AuthorFolder {
  /** What is overlaid, with this folder last. */
  readonly folders: readonly string[];
  /** Has `kpis/`, `measures/` and the others. */
  readonly own: string;
  readonly cases: CaseFolder;
  readonly listCases: CaseFolder;
  /** The company's vigie.yaml; null for Vigie's own. */
  readonly configFile: string | null;
}

/** Of the KPIs that ship; there is no such folder in an installed package. */
export const shippedCases = (): CaseFolder => ({
  path: join(vigieFolder(), 'test/kpis'),
  name: 'test/kpis',
});

/** The same of lists. */
export const shippedListCases = (): CaseFolder => ({
  path: join(vigieFolder(), 'test/lists'),
  name: 'test/lists',
});

/**
 * Where whoever calls from `cwd` writes: in the folder of vigie.yaml; where there is none, in a clone of Vigie in Vigie's
 * own `sql/`. Throws CONFIG_MISSING elsewhere.
 */
export function authorFolder(config: string, cwd: string): AuthorFolder {
  const configFile = resolve(cwd, config);
  const company = dirname(configFile);
  if (existsSync(configFile)) {
    const cases = { path: join(company, 'cases'), name: 'cases' };
    const listCases = { path: join(cases.path, 'lists'), name: 'cases/lists' };
    return { folders: foldersOf(configFile), own: company, cases, listCases, configFile };
  }
  if (isInClone(cwd))
    return {
      folders: [sqlFolder()],
      own: sqlFolder(),
      cases: shippedCases(),
      listCases: shippedListCases(),
      configFile: null,
    };
  throw new VigieError(`there is no ${configFile}, beside which your own folder would be`, {
    code: 'CONFIG_MISSING',
    hint: 'Go to the folder of your vigie.yaml, name it with --config, or write one with `vigie init`.',
    where: { file: configFile },
  });
}

const isInClone = (cwd: string): boolean =>
  existsSync(join(vigieFolder(), 'functions/pipeline.ts')) && !relative(vigieFolder(), cwd).startsWith('..');
