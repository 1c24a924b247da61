import type { z } from 'zod';
import { suggestion } from '../values/nearest.ts';
import type { Mistake, Path } from './mistake.ts';
import { valueAt } from './raw.ts';
import { fieldsAt } from './schema-fields.ts';
import { type Issue, isRecord, problem, show, wanted } from './words.ts';

/** Data as a schema reads it, or every mistake of it at once. */
export function readBy<T>(
  schema: z.ZodType<T>,
  data: unknown,
): { readonly read: T } | { readonly mistakes: readonly Mistake[] } {
  const result = schema.safeParse(data, { reportInput: true });
  if (result.success) return { read: result.data };
  return { mistakes: result.error.issues.flatMap((issue) => mistakesOf(schema, data, issue, [])) };
}

/** Every mistake of data that a schema refuses. */
export function schemaMistakes(schema: z.ZodType, data: unknown): readonly Mistake[] {
  const found = readBy(schema, data);
  return 'mistakes' in found ? found.mistakes : [];
}

function mistakesOf(schema: z.ZodType, data: unknown, issue: Issue, under: Path): Mistake[] {
  const path = [...under, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') {
    const allowed = fieldsAt(schema, data, issue.path as Path);
    return issue.keys.map((key) => ({
      path: [...path, key],
      atKey: true,
      message: `there is no such field; ${suggestion(key, allowed)}`,
    }));
  }
  if (issue.code === 'invalid_key') {
    const reasons = issue.issues.map(({ message }) => message).join(', ');
    return [{ path, atKey: true, message: `${show(path.at(-1))} cannot stand here; it takes ${reasons}` }];
  }
  const found = valueAt(data, issue.path as Path);
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return unionMistakes(schema, data, issue, path, under);
  if (found === undefined) return [{ path, message: `is missing; it takes ${wanted(issue)}` }];
  return [{ path, message: problem(issue, found) }];
}

/** Of a union, the mistakes of the form that the author most likely meant: the one with the fewest. */
function unionMistakes(
  schema: z.ZodType,
  data: unknown,
  issue: z.core.$ZodIssueInvalidUnion,
  path: Path,
  under: Path,
): Mistake[] {
  const found = valueAt(data, issue.path as Path);
  if (found === undefined) return [{ path, message: `is missing; it takes ${wanted(issue)}` }];
  const allowed = fieldsAt(schema, data, issue.path as Path);
  // A list of which something within is wrong was meant as the list.
  const within = Array.isArray(found)
    ? issue.errors.find((errors) => errors.length > 0 && errors.every((each) => each.path.length > 0))
    : undefined;
  if (within) return within.flatMap((each) => mistakesOf(schema, data, rebase(each, issue.path), under));
  if (!isRecord(found) || allowed.length === 0)
    return [{ path, message: `${show(found)} is not ${wanted(issue)}` }];
  const keys = Object.keys(found);
  const known = keys.filter((key) => allowed.includes(key));
  // No key at all is known: the forms themselves are the answer. Otherwise the form that has them is.
  if (known.length === 0 && keys.length > 0) {
    return keys.map((key) => ({
      path: [...path, key],
      atKey: true,
      message: `there is no such field; ${suggestion(key, allowed)}`,
    }));
  }
  const fewest = issue.errors
    .map((errors) => errors.flatMap((each) => mistakesOf(schema, data, rebase(each, issue.path), under)))
    .toSorted((a, b) => weight(a, found, path) - weight(b, found, path));
  return fewest[0] ?? [{ path, message: 'is not allowed here' }];
}

/** Fields refused weigh more than fields missing: what is written tells which form was meant. */
const weight = (mistakes: readonly Mistake[], found: Record<string, unknown>, path: Path): number =>
  mistakes.reduce((sum, each) => sum + (each.atKey && String(each.path[path.length]) in found ? 10 : 1), 0);

const rebase = (issue: Issue, under: readonly PropertyKey[]): Issue => ({
  ...issue,
  path: [...under, ...issue.path],
});
