import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, CommanderError } from 'commander';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { buildProgram } from '../cli/main.ts';
import { version } from '../functions/lake/run/version.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...globSync(['docs/**/*.md', 'examples/**/*.md'], { cwd: root }),
];
const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');
/** Blocks of code with their language, indented ones too. */
const BLOCKS = /^( *)```(\w*)\n([\s\S]*?)^\1```/gm;
/** Without blocks of code: what is in there is no link. */
const prose = (text: string): string => text.replaceAll(BLOCKS, '').replaceAll(/`[^`\n]*`/g, '');

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): Set<string> {
  const headings = textOf(page)
    .replaceAll(/```[\s\S]*?```/g, '')
    .matchAll(/^#{1,6} (.+)$/gm);
  const slugs = [...headings].map(([, title = '']) =>
    title
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
  return new Set(slugs.map((slug, at) => repeated(slug, slugs.slice(0, at))));
}

const repeated = (slug: string, before: readonly string[]): string => {
  const times = before.filter((each) => each === slug).length;
  return times === 0 ? slug : `${slug}-${times}`;
};

/** Links that lead nowhere, `page: target`. */
function brokenLinks(page: string): string[] {
  const links = prose(textOf(page)).matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g);
  return [...links].flatMap(([, first, second]) => {
    const target = first ?? second ?? '';
    if (/^(https?|mailto):/.test(target)) return [];
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : relative(root, resolve(root, dirname(page), path));
    if (!existsSync(join(root, file))) return [`${page}: ${target}`];
    const isThere = anchor === undefined || (file.endsWith('.md') && anchorsOf(file).has(anchor));
    return isThere ? [] : [`${page}: ${target}`];
  });
}

describe('the pages', () => {
  test.each(pages)('%s: every link leads somewhere', (page) => expect(brokenLinks(page)).toEqual([]));

  test('every page of operations and every decision is on its index', () => {
    for (const folder of ['docs/operations', 'docs/decisions']) {
      const index = textOf(`${folder}/README.md`);
      const others = globSync('*.md', { cwd: join(root, folder) }).filter((name) => name !== 'README.md');
      expect(others.filter((name) => !index.includes(`](${name}`))).toEqual([]);
    }
  });

  test('the decisions are numbered one by one, and each has its own words on the index', () => {
    const files = globSync('0*.md', { cwd: join(root, 'docs/decisions') }).sort();
    expect(files.map((name) => Number(name.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
    const rows = textOf('docs/decisions/README.md').matchAll(/^\| \[(\d{4})\]\(([^)]+)\) \| (.+) \|$/gm);
    const told = [...rows].map(([, number, file = '', title]) => ({ number, file, title }));
    expect(told.map(({ file }) => file)).toEqual(files);
    for (const { number, file, title } of told) {
      expect(file.startsWith(`${number}-`), file).toBe(true);
      expect(textOf(`docs/decisions/${file}`)).toContain(`# ${number} — ${title}\n`);
    }
  });

  test('the changelog begins with the version that this is', () => {
    expect(/^## (\S+)/m.exec(textOf('CHANGELOG.md'))?.[1]).toBe(version);
  });

  test('every alarm has its page, and the page names its alarm', () => {
    const alarms = [
      ...textOf('infra/constructs/watch.ts').matchAll(/^ {6}id: '([a-z-]+)',(?:\n {6}page: '([a-z-]+)')?/gm),
    ];
    expect(alarms.length).toBeGreaterThan(5);
    for (const [, id, page = id] of alarms)
      expect(textOf(`docs/operations/${page}.md`)).toContain(`<stack>-${id}`);
  });

  test('every page that a message names is there', () => {
    const sources = globSync(['{cli,functions,infra}/**/*.{ts,tsx}'], { cwd: root });
    const named = sources.flatMap((file) =>
      [...textOf(file).matchAll(/docs\/[\w/.-]+\.md(?:#([\w-]+))?/g)].map(([whole, anchor]) => ({
        file,
        page: whole.replace(/#.*/, ''),
        anchor,
      })),
    );
    expect(named.length).toBeGreaterThan(5);
    const broken = named.filter(
      ({ page, anchor }) =>
        !existsSync(join(root, page)) || (anchor !== undefined && !anchorsOf(page).has(anchor)),
    );
    expect(broken).toEqual([]);
  });
});

const SHELL: readonly string[] = ['bash', 'cron', ''];

/** Every `vigie …` of a page: lines of its blocks, and code between words. */
function commandLines(text: string): string[] {
  const blocks = [...text.matchAll(BLOCKS)].flatMap(([, , language = '', body = '']) =>
    SHELL.includes(language) ? [body] : [],
  );
  const lines = blocks.flatMap((body) => body.replaceAll(/\s*\\\n\s*/g, ' ').split('\n'));
  const inline = [...text.replaceAll(BLOCKS, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...lines, ...inline].flatMap((line) => {
    const [, command] = /(?:^|&& |npx )\s*(vigie(?: [^#|&;]*)?)/.exec(line) ?? [];
    // `vigie … --stack` stands for several.
    return command === undefined || command.includes('…') || command.trim() === 'vigie'
      ? []
      : [command.trim()];
  });
}

/** What a placeholder may stand for. */
const SAMPLES: Readonly<Record<string, string>> = { '<day>': '2026-11-21', '<kpi>': 'net_revenue' };

const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]
    .map(([, double, single, bare]) => double ?? single ?? bare ?? '')
    .map((word) => SAMPLES[word] ?? word);

/** Parses a command line with the real program, whose commands do nothing here; why it would be refused. */
async function refusal(line: string): Promise<string | null> {
  const program = buildProgram();
  const quiet = (command: Command): void => {
    command.configureOutput({ writeErr() {}, writeOut() {} });
    if (command.commands.length === 0) command.action(() => {});
    command.commands.forEach(quiet);
  };
  quiet(program);
  // After the command was loaded.
  program.hook('preSubcommand', (_, called) => quiet(called));
  try {
    await program.parseAsync(words(line).slice(1), { from: 'user' });
    return null;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return null;
    // `vigie replay`, between words, is the command’s name.
    const isName = /^vigie \w+$/.test(line);
    if (isName && error instanceof CommanderError && error.code === 'commander.missingArgument') return null;
    return error instanceof Error ? error.message : String(error);
  }
}

describe('every `vigie …` of the pages is a command line that the program takes', () => {
  const all = pages.flatMap((page) => commandLines(textOf(page)).map((line) => ({ page, line })));

  test('there are many of them', () => {
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(all.map(({ page }) => page)).size).toBeGreaterThan(10);
  });

  test.each(pages)('%s', async (page) => {
    const refused: string[] = [];
    for (const { line } of all.filter((each) => each.page === page)) {
      const why = await refusal(line);
      if (why !== null) refused.push(`${line}: ${why}`);
    }
    expect(refused).toEqual([]);
  });

  test('one that is misspelled would be found', async () => {
    expect(await refusal('vigie run --stack s --redive')).toContain('--redive');
    expect(await refusal('vigie runn')).toContain('runn');
    expect(await refusal('vigie values')).toBeNull();
    expect(await refusal('vigie values --format json')).toContain('kpi');
    expect(await refusal('vigie run --date yesterday')).toContain('YYYY-MM-DD');
    expect(
      commandLines('```bash\nexport X=1 && npx vigie values a \\\n  --stack s   # the figures\n```'),
    ).toEqual(['vigie values a --stack s']);
  });
});
