import { destinationOf, type Push } from '../functions/lake/company/push.ts';
import type { AudienceOfDay } from '../functions/lake/snapshot/audience.ts';
import { PushBook } from '../functions/lake/snapshot/push.ts';
import type { Bucket } from '../functions/platform/bucket.ts';
import { VigieError } from '../functions/platform/errors.ts';
import { out } from './colours.ts';
import { asCsv, asTable } from './print.ts';

type Cell = string | number | null;

export const audienceHead = [
  'audience',
  'vendor',
  'day',
  'people',
  'added',
  'removed',
  'since',
  'note',
] as const;
export type AudienceRow = Readonly<Record<(typeof audienceHead)[number], Cell>>;

type Format = 'table' | 'json' | 'csv';

export function shown<Name extends string>(
  head: readonly Name[],
  rows: readonly Readonly<Record<Name, Cell>>[],
  format: Format,
  numbers: number[],
): string {
  if (format === 'json') return JSON.stringify(rows, null, 2);
  if (format === 'csv') return asCsv(rows, head);
  const lines = rows.map((row) => head.map((name) => cellText(row[name])));
  return asTable([...head], lines, numbers);
}

const cellText = (cell: Cell): string =>
  cell === null ? out.dim('–') : typeof cell === 'number' ? cell.toLocaleString('en') : cell;

/** What the next run would send, as far as is known now: it asks anew who agrees, and takes nobody whose removal is under way. */
export async function rowOfPush(
  bucket: Bucket,
  id: string,
  push: Push,
  made: AudienceOfDay | undefined,
): Promise<AudienceRow> {
  const { state } = await PushBook.open(bucket, id, destinationOf(push));
  const { there, leaving } = state;
  const wanted = push.remove_all ? [] : (made?.people.google.all ?? []);
  const on = new Set(wanted);
  const left = leaving.length === 0 ? '' : `, of whom ${leaving.length.toLocaleString('en')} have to go`;
  const tried = push.validate_only ? '; additions are only tried' : '';
  return {
    ...{ audience: id, vendor: push.to, day: made?.asOf ?? null, people: wanted.length },
    added: wanted.filter((hash) => there[hash] == null).length,
    removed: Object.keys(there).filter((hash) => !on.has(hash)).length,
    since: null,
    note: `${Object.keys(there).length.toLocaleString('en')} may be on the list ${push.list}${left}${tried}`,
  };
}

const REQUESTS = ['sent', 'does', 'people', 'status', 'why', 'request'] as const;

/** What was asked of the vendor for an audience, the oldest first, and what came of it. */
export async function requestsOf(
  bucket: Bucket,
  id: string,
  push: Push | undefined,
  format: Format,
): Promise<string> {
  if (push === undefined)
    throw new VigieError(`${id} is pushed nowhere`, {
      code: 'AUDIENCE_NOT_PUSHED',
      hint: 'It is where vigie.yaml gives it a `push` (docs/audiences.md).',
      where: { field: `audiences.${id}` },
    });
  const { state } = await PushBook.open(bucket, id, destinationOf(push));
  const rows = state.requests.map(({ at, does, people, status, why, id: request }) => ({
    ...{ sent: at.slice(0, 16).replace('T', ' '), does, people, status, why, request },
  }));
  if (format === 'table' && rows.length === 0) return `Nothing was asked of Google for ${id} yet.`;
  return shown(REQUESTS, rows, format, [2]);
}
