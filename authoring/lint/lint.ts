import { readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { globSync } from 'tinyglobby';
import { nameOfFile } from '../../functions/lake/yaml/folders.ts';
import { dialectWords, rules } from './rules.ts';
import { type TrinoGrammar, trinoGrammar } from './trino-grammar.ts';

type Node = InstanceType<TrinoGrammar['ParserRuleContext']>;

/** One mistake, at its place. Lines and columns count from 1. */
export interface LintMistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly message: string;
}

export const formatMistake = (m: LintMistake): string =>
  `${m.file}:${m.line}:${m.column} ${m.message} [${m.rule}]`;

/** Lints every statement of a folder such as `sql/`, or a company's own. */
export async function lintFolder(folder: string): Promise<LintMistake[]> {
  const files = globSync('{kpis,measures,views,checks,lists}/*.sql', { cwd: folder }).sort();
  const mistakes: LintMistake[] = [];
  for (const file of files) {
    const name = nameOfFile(folder, join(folder, file)).split(sep).join('/');
    mistakes.push(...(await lintText(name, readFileSync(join(folder, file), 'utf8'))));
  }
  return mistakes;
}

/** Lints one file: front matter is blanked out, so that places stay those of the file. */
export async function lintText(file: string, text: string): Promise<LintMistake[]> {
  const grammar = await trinoGrammar();
  const sql = blank(text, /^\s*\/\*[\s\S]*?\*\//);
  const { tree, errors } = parse(grammar, sql);
  const words = errors.length > 0 ? dialectMistakes(file, sql) : [];
  // Where a known dialect word explains the failure, the grammar's own long complaint would only hide it.
  const first = errors[0];
  const syntax = first && words.length === 0 ? [{ file, ...first, rule: 'trino-grammar' }] : [];
  const found = errors.length > 0 ? [] : treeMistakes(file, tree, grammar);
  return [...words, ...syntax, ...found].toSorted((a, b) => a.line - b.line || a.column - b.column);
}

const blank = (text: string, pattern: RegExp): string =>
  text.replace(pattern, (match) => match.replace(/[^\n]/g, ' '));

interface SyntaxError {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

function parse(g: TrinoGrammar, sql: string): { tree: Node; errors: SyntaxError[] } {
  const fast = parseIn(g, g.PredictionMode.SLL, sql);
  return fast.errors.length === 0 ? fast : parseIn(g, g.PredictionMode.LL, sql);
}

function parseIn(g: TrinoGrammar, mode: number, sql: string): { tree: Node; errors: SyntaxError[] } {
  const errors: SyntaxError[] = [];
  const lexer = new g.TrinoSqlLexer(g.CharStreams.fromString(sql));
  const parser = new g.TrinoSqlParser(new g.CommonTokenStream(lexer));
  const listener = new g.BaseErrorListener();
  listener.syntaxError = (_recognizer, _symbol, line, column, message) => {
    errors.push({
      line,
      column: column + 1,
      message: `is not Trino SQL: ${message.replace(/ expecting \{[\s\S]*/, '')}`,
    });
  };
  for (const recognizer of [lexer, parser]) {
    recognizer.removeErrorListeners();
    recognizer.addErrorListener(listener);
  }
  // The fast mode of ANTLR: it may refuse a statement that the full mode takes, never the other way round.
  parser.interpreter.predictionMode = mode;
  return { tree: parser.program(), errors };
}

function dialectMistakes(file: string, sql: string): LintMistake[] {
  const bare = [/'(?:[^']|'')*'/g, /--[^\n]*/g].reduce(blank, sql);
  return bare.split('\n').flatMap((text, index) =>
    dialectWords.flatMap(({ id, pattern, words, remedy }) => {
      const match = pattern.exec(text);
      return match
        ? [{ file, line: index + 1, column: match.index + 1, rule: id, message: `${words}. ${remedy}` }]
        : [];
    }),
  );
}

function treeMistakes(file: string, node: Node, grammar: TrinoGrammar): LintMistake[] {
  const folder = file.split('/').at(-2) ?? '';
  const own = rules.flatMap((rule): LintMistake[] => {
    if (rule.only && !rule.only.includes(folder)) return [];
    const found = rule.finds(node, grammar);
    if (!found) return [];
    const { words = rule.words, remedy } = found === true ? rule : { words: rule.words, ...found };
    return [
      {
        file,
        line: node.start?.line ?? 1,
        column: (node.start?.column ?? 0) + 1,
        rule: rule.id,
        message: `${words}. ${remedy}`,
      },
    ];
  });
  const below = (node.children ?? []).flatMap((child) =>
    child instanceof grammar.ParserRuleContext ? treeMistakes(file, child as Node, grammar) : [],
  );
  return [...own, ...below];
}
