import type { Template } from './asl.ts';

/** Data as it stands in a state machine. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What paths reach: `$` the state’s input, `$$` the context object. */
export interface Scope {
  readonly data: Json;
  readonly context: Json;
}

const FILTER = /^(.*)\[\?\(@\.(\w+)=='([^']*)'\)\]$/;

/** What a reference path names; undefined where there is nothing. Of filters only `[?(@.key=='text')]` at the end. */
export function pathOf(path: string, scope: Scope): Json | undefined {
  const filter = FILTER.exec(path);
  if (filter) {
    const list = pathOf(filter[1] as string, scope);
    return Array.isArray(list) ? list.filter((item) => field(item, filter[2] as string) === filter[3]) : [];
  }
  const root = path.startsWith('$$') ? scope.context : scope.data;
  const parts = path.replace(/^\$+/, '').match(/[^.[\]]+/g) ?? [];
  return parts.reduce<Json | undefined>((value, part) => field(value, part), root);
}

function field(value: Json | undefined, name: string): Json | undefined {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, Json>)[name];
}

/** A template with its paths filled in. A path that leads nowhere fails, as it does in Step Functions. */
export function fill(template: Template, scope: Scope): Json {
  const entries = Object.entries(template).map(([key, value]): [string, Json] => {
    if (key.endsWith('.$')) {
      const found = pathOf(value as string, scope);
      if (found === undefined) throw parameterPath(value as string, scope.data);
      return [key.slice(0, -2), found];
    }
    return [key, typeof value === 'object' ? fill(value, scope) : value];
  });
  return Object.fromEntries(entries);
}

function parameterPath(path: string, data: Json): Error {
  const error = new Error(`the path ${path} leads nowhere in ${JSON.stringify(data)}`);
  error.name = 'States.ParameterPathFailure';
  return error;
}

/** A result put in its place: null drops it, absent replaces everything, `$.name` adds one field. */
export function placed(data: Json, result: Json, path: string | null | undefined): Json {
  if (path === null) return data;
  if (path === undefined) return result;
  return { ...(data as Record<string, Json>), [path.replace(/^\$\./, '')]: result };
}
