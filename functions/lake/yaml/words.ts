import type { z } from 'zod';
import { suggestion } from '../values/nearest.ts';

export type Issue = z.core.$ZodIssue;

/** What is wrong with a value that is there: what was found, and what was allowed. */
export function problem(issue: Issue, found: unknown): string {
  const options = optionsOf(issue);
  if (options.length > 0) return `${show(found)} is not allowed; ${suggestion(String(found), options)}`;
  // A value that may be a secret is not repeated.
  if (issue.code === 'custom' && issue.params?.['hidden'] === true) return issue.message;
  if (issue.code === 'custom') return isRecord(found) ? issue.message : `${show(found)}: ${issue.message}`;
  if (found === null) return `is empty; it takes ${wanted(issue)}`;
  const quotes = issue.code === 'invalid_type' && issue.expected === 'string' && typeof found !== 'object';
  return `${show(found)} is not ${wanted(issue)}${quotes ? '; put it in quotes' : ''}`;
}

/** A closed list of values; of a union told apart by a field, zod gives them beside what it declares. */
function optionsOf(issue: Issue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_union' && 'options' in issue ? (issue.options as unknown[]).map(String) : [];
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of fields',
  record: 'a map of names to values (`name: value`)',
  tuple: 'a list of two',
};

const FORMATS: Readonly<Record<string, string>> = {
  email: 'an e-mail address',
  url: 'a URL',
  date: 'a date YYYY-MM-DD',
};

/** What was allowed, in words. */
export function wanted(issue: Issue): string {
  const options = optionsOf(issue);
  if (options.length > 0) return options.length === 1 ? `\`${options[0]}\`` : `one of ${options.join(', ')}`;
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? issue.expected;
    case 'invalid_union':
      return [...new Set(issue.errors.map((errors) => wantedForm(errors)))].join(' or ');
    case 'too_small':
      return size(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    case 'too_big':
      return size(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    case 'invalid_format':
      return FORMATS[issue.format] ?? issue.message;
    default:
      return issue.message;
  }
}

/** A form of a union whose complaint lies deeper than the value itself is a map. */
function wantedForm(errors: readonly Issue[]): string {
  const [first] = errors;
  return first === undefined || first.path.length > 0 ? 'a map of fields' : wanted(first);
}

function size(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'array') return `a list of ${bound} ${limit}`;
  return origin === 'string' ? `a text of ${bound} ${limit} characters` : `${bound} ${limit}`;
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value as a person would write it, at most 60 characters. */
export function show(value: unknown): string {
  const text =
    typeof value === 'string'
      ? `"${value}"`
      : Array.isArray(value)
        ? 'a list'
        : isRecord(value)
          ? 'a map'
          : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
