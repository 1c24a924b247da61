/** A query as far as it is understood here. */
export interface Query {
  readonly fields: readonly string[];
  readonly resource: string;
  /** Days of `segments.date`; null: no condition. */
  readonly from: string | null;
  readonly to: string | null;
}

const FORM =
  /^\s*SELECT\s+(?<fields>[\w.]+(?:\s*,\s*[\w.]+)*)\s+FROM\s+(?<resource>\w+)(?:\s+WHERE\s+(?<where>.+?))?(?:\s+ORDER\s+BY\s+[\w., ]+?)?(?:\s+LIMIT\s+\d+)?\s*;?\s*$/is;
const BETWEEN = /^segments\.date\s+BETWEEN\s+['"](\d{4}-\d\d-\d\d)['"]\s+AND\s+['"](\d{4}-\d\d-\d\d)['"]$/i;

/**
 * Reads the part of the Google Ads Query Language that reports of campaigns need; anything else is said to be wrong.
 * @see https://developers.google.com/google-ads/api/docs/query/grammar
 */
export function readQuery(text: string): Query | { readonly problem: string } {
  const groups = FORM.exec(text)?.groups;
  if (!groups) return { problem: 'Error in query: unexpected input.' };
  const { fields = '', resource = '', where } = groups;
  const names = fields.split(',').map((field) => field.trim());
  if (where === undefined) return { fields: names, resource, from: null, to: null };
  const between = BETWEEN.exec(where.trim());
  if (!between) return { problem: `Error in query: unexpected input ${where.trim()}.` };
  return { fields: names, resource, from: between[1] ?? null, to: between[2] ?? null };
}
