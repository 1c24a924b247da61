import type { BadQuery } from '../../odata/bad-query.ts';
import { json } from '../../vendor-kit/replies.ts';
import type { VendorReply } from '../vendor.ts';

/** @see https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors */
export const error = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): VendorReply => json(status, { error: { code, message } }, { 'odata-version': '4.0', ...headers });

export const noSegment = (segment: string): VendorReply =>
  error(404, '0x8006088a', `Resource not found for the segment '${segment}'.`);

/** In Dataverse's words, where it has its own for what is wrong with a query. */
export function badQuery({ message }: BadQuery): VendorReply {
  const [, property, type] = /^Property (\S+) not found(?: in type (\S+))?/.exec(message) ?? [];
  if (property === undefined) return error(400, '0x80060888', message);
  const on = type === undefined ? '' : ` on type '${type}'`;
  return error(400, '0x80060888', `Could not find a property named '${property}'${on}.`);
}

/** @see https://learn.microsoft.com/power-apps/developer/data-platform/api-limits */
export const tooMany = (most: number, seconds: number): VendorReply =>
  error(
    429,
    '0x80072322',
    `Number of requests exceeded the limit of ${most} over time window of 300 seconds.`,
    {
      'retry-after': String(seconds),
    },
  );

export const noPrivilege = (user: string, table: string): VendorReply =>
  error(
    403,
    '0x80040220',
    `Principal user (Id=${user}, type=8, roleCount=1) is missing prvRead${table} privilege on entity '${table}'.`,
  );
