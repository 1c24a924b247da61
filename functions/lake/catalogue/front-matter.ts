import type { z } from 'zod';
import { VigieError } from '../../platform/errors.ts';
import { mistakesError, type Path } from '../yaml/mistake.ts';
import { readBy } from '../yaml/schema-mistakes.ts';
import { readYaml } from '../yaml/source.ts';
import { isRecord } from '../yaml/words.ts';

/** A SQL file taken apart: the YAML of its leading comment, and the statement after it. */
export interface SqlFile<T> {
  readonly facts: T;
  /** The statement, without a closing semicolon. */
  readonly sql: string;
  /** Line of the file on which `sql` begins, from 1. */
  readonly sqlLine: number;
  /** The mistake at a field of the front matter, or at a line of the statement, ready to be thrown. */
  wrong(at: Path | number, message: string, hint?: string): VigieError;
}

const HEAD = /^(\s*\/\*)([\s\S]*?)\*\/[^\S\n]*\n?/;

/**
 * Reads a SQL file headed by a comment of YAML. Throws FRONT_MATTER_INVALID with every mistake, its line and column,
 * what was found and what was allowed.
 */
export function readSqlFile<T>(file: string, text: string, schema: z.ZodType<T>): SqlFile<T> {
  const head = HEAD.exec(text);
  if (!head) throw problem(file, 1, 'does not begin with a comment /* … */ that holds its front matter');
  const [whole, opening = '', yaml = ''] = head;
  const before = countLines(opening);
  const facts = readFacts(file, yaml, before, schema);
  const rest = text.slice(whole.length);
  const sql = rest.trim().replace(/(\s*;)+$/, '');
  const sqlLine = countLines(whole) + countLines(rest.slice(0, rest.length - rest.trimStart().length)) + 1;
  const lineOf = (at: Path | number): number =>
    typeof at === 'number'
      ? sqlLine + at
      : readYaml(yaml).place({ path: at, atKey: true, message: '' }).line + before;
  const wrong = (at: Path | number, message: string, hint = HINT): VigieError =>
    problem(file, lineOf(at), message, hint);
  return { facts, sql, sqlLine, wrong };
}

/** The YAML at the head of a SQL file; undefined where it has none. */
export const frontMatterOf = (text: string): string | undefined => HEAD.exec(text)?.[2];

/** What of the front matter can be read where not all of it can: its fields, unchecked. */
export function fieldsOf(text: string): Readonly<Record<string, unknown>> {
  const { data } = readYaml(frontMatterOf(text) ?? '');
  return isRecord(data) ? data : {};
}

/** The statement of a file that must have one. */
export function requireSelect<T>(file: SqlFile<T>): SqlFile<T> {
  if (file.sql === '') throw file.wrong(0, 'has no SELECT after its front matter');
  return file;
}

function readFacts<T>(file: string, yaml: string, linesBefore: number, schema: z.ZodType<T>): T {
  const source = readYaml(yaml);
  const found = source.syntax.length > 0 ? undefined : readBy(schema, source.data ?? {});
  if (found && 'read' in found) return found.read;
  // A misspelt name comes before the field that is missing because of it.
  const placed = (found?.mistakes.map(source.place) ?? source.syntax)
    .map((mistake) => ({ ...mistake, line: mistake.line + linesBefore }))
    .toSorted((a, b) => Number(b.atKey ?? false) - Number(a.atKey ?? false) || a.line - b.line);
  throw mistakesError(file, placed, 'FRONT_MATTER_INVALID');
}

const countLines = (text: string): number => text.split('\n').length - 1;

const HINT = 'docs/sql.md shows a whole file; `vigie new kpi <id>` writes one to start from.';

const problem = (file: string, line: number, message: string, hint = HINT): VigieError =>
  new VigieError(`${file}:${line} ${message}`, { code: 'FRONT_MATTER_INVALID', hint, where: { file, line } });
