import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const UNKEPT = /^(\..*|node_modules|cdk\.out|dist)$/;
const ROOMS = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() && !UNKEPT.test(entry.name) ? [entry.name] : [],
);
const files = globSync([`{${ROOMS.join(',')}}/**/*`, '*.{md,ts,json,yaml}', '.*.cjs', '.ci/run'], {
  cwd: root,
  ignore: ['**/node_modules/**', '**/cdk.out/**', 'package-lock.json'],
});
const known = new Set([...files, ...files.flatMap(foldersOf)]);

/** The folders that a file is in, the nearest first. */
function foldersOf(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).toReversed();
}

const CODE_COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`\\])\/\/[^\n]*/g;
const COMMENTS: Readonly<Record<string, RegExp>> = {
  '.ts': CODE_COMMENT,
  '.tsx': CODE_COMMENT,
  '.sql': /\/\*[\s\S]*?\*\/|--[^\n]*/g,
  '.yaml': /#[^\n]*/g,
};
/** Files whose every mention of a path counts: pages, settings, and code, whose messages send people to files. */
const isWhole = (file: string): boolean => !(extname(file) in COMMENTS) || /^(?!test\/).*\.tsx?$/.test(file);
const isText = (file: string): boolean =>
  extname(file) in COMMENTS || /\.(md|cjs|json)$/.test(file) || file === '.ci/run';
/** What a release said of its own files stays as it was said; this test cites files that are not there. */
const citing = files.filter(
  (file) => isText(file) && !['CHANGELOG.md', 'test/cited-files.test.ts'].includes(file),
);

const commentsOf = (file: string, text: string): string => {
  const comments = COMMENTS[extname(file)];
  return comments === undefined ? text : (text.match(comments) ?? []).join('\n');
};

/** A path from the root, up to its first placeholder (`<table>`, `*`, `…`). */
const PATH = new RegExp(`(?<![\\w./@<-])(?:${ROOMS.join('|')})/[\\w./-]*[<*{$…]?`, 'g');
/** A file of code by its name, or by the end of its path: `pull/task.ts`. */
const NAME = /(?<![\w./@<*-])(?:[\w-]+\/)*[\w.-]*\w\.tsx?\b/g;
/** Files that a page tells its reader to write. */
const EXAMPLE = /\/(my_kpi|x)\.(sql|yaml)$|\/acme-crm\//;

function isThere(cited: string): boolean {
  const isOpen = /[<*{$…]$/.test(cited);
  const path = (isOpen ? cited.replace(/[^/]*$/, '') : cited).replace(/[/.]+$/, '');
  const isDecision = /^docs\/decisions\/\d{4}$/.test(path);
  return EXAMPLE.test(path) || known.has(path) || (isDecision && files.some((file) => file.startsWith(path)));
}

/** So many files of one name are a kind of file: each room has its `handler.ts`, each source its `map.ts`. */
const A_KIND = 5;

/** A name means the file nearest to who cites it, one in a folder that is cited too, or the only one of that name. */
function isOne(name: string, folders: readonly string[]): boolean {
  if (folders.some((folder) => known.has(`${folder}/${name}`))) return true;
  const count = files.filter((file) => file === name || file.endsWith(`/${name}`)).length;
  return count === 1 || count >= A_KIND;
}

/** What a text cites that is not there, or could be one of several files. */
function astray(file: string, text: string): string[] {
  const comments = commentsOf(file, text);
  const paths: readonly string[] = (isWhole(file) ? text : comments).match(PATH) ?? [];
  const folders = [
    ...foldersOf(file),
    ...paths.flatMap((path) => [path.replace(/\/$/, ''), ...foldersOf(path)]),
  ];
  const names = (comments.match(NAME) ?? []).filter((name) => !paths.includes(name) && !isOne(name, folders));
  return [...new Set([...paths.filter((path) => !isThere(path)), ...names])];
}

describe('files that pages, comments and messages cite', () => {
  test('are there, and no name could be one of several', () => {
    const read = (file: string): string => readFileSync(join(root, file), 'utf8');
    expect(citing.flatMap((file) => astray(file, read(file)).map((cited) => `${file}: ${cited}`))).toEqual(
      [],
    );
  });

  test('one that moved would be found', () => {
    const cite = (text: string, file = 'functions/judge/judge.ts'): string[] => astray(file, text);
    expect(cite('/** See functions/gone.ts and functions/pipeline.ts. */')).toEqual(['functions/gone.ts']);
    expect(cite("const hint = 'See sql/gone/.';")).toEqual(['sql/gone/.']);
    expect(cite("const made = 'sql/gone/a.sql';", 'test/judge/judge.test.ts')).toEqual([]);
    expect(cite('-- as sql/views/gone.sql has it', 'sql/kpis/orders.sql')).toEqual(['sql/views/gone.sql']);
    expect(cite('// policy.ts, gone.ts and run-checks.ts')).toEqual(['gone.ts']);
    expect(cite('# functions/lake/<table>.ts and functions/gone/<table>.ts', 'docs/a.yaml')).toEqual([
      'functions/gone/<',
    ]);
  });
});
