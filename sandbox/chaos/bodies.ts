import { deflateRawSync, gzipSync } from 'node:zlib';
import type { Random } from '../kit/random.ts';
import type { VendorReply } from '../vendors/vendor.ts';

export const HUGE_BYTES = 100 << 20;

export const textOf = ({ body = '' }: VendorReply): string =>
  typeof body === 'string' ? body : Buffer.from(body).toString('utf8');

/** A good answer in JSON. One without any body, which some vendors give where there is nothing, has nothing to spoil. */
export const isJson = (reply: VendorReply): boolean =>
  reply.status === 200 &&
  (reply.headers?.['content-type'] ?? '').includes('json') &&
  textOf(reply).trim() !== '';

/** Names of members that hold an address to go on with. */
const LINKS =
  /"(__next|@odata\.nextLink|next|nextLink|nextRecordsUrl|ReportDownloadUrl|url)"\s*:\s*"([^"]+)"/gu;

/** Leads the links of an answer to another host; where a list has none, it gets one. Undefined: no list, or a feed. */
export function redirectLinks(text: string, foreign: string): string | undefined {
  // The links of a feed are for people: nobody follows them.
  if (text.includes('https://jsonfeed.org/version/')) return undefined;
  const abroad = (link: string): string => {
    const { pathname, search } = new URL(link, foreign);
    return `${foreign}${pathname}${search}`;
  };
  const bent = text.replaceAll(LINKS, (whole, name: string, link: string) =>
    /^(https?:|\/)/u.test(link) ? `"${name}":"${abroad(link)}"` : whole,
  );
  if (bent !== text) return bent;
  const lured = text
    .replace(/"done":true,"records":\[/u, `"done":false,"nextRecordsUrl":"${foreign}/next","records":[`)
    .replace('"results":[', `"__next":"${foreign}/next","results":[`)
    .replace('"value":[', `"@odata.nextLink":"${foreign}/next","value":[`);
  return lured === text ? undefined : lured;
}

/**
 * Renames a field of the records of an answer, or puts its value into an object. Always the same field for the same
 * choice, so that every page of a list is spoilt alike. Undefined where there is no record.
 */
export function spoilField(text: string, choice: Random, how: Spoilt): string | undefined {
  const names = fieldNames(text);
  return names.length === 0 ? undefined : spoilNamed(text, choice.pick(names), how);
}

export type Spoilt = 'renamed' | 'wrapped';

/** What the fields of records in an answer are called, in order of the alphabet. */
export const fieldNames = (text: string): string[] =>
  [...new Set(recordNames(JSON.parse(text) as unknown))].toSorted();

/** Renames a field wherever it is, or puts its value into an object. */
export function spoilNamed(text: string, name: string, how: Spoilt): string {
  return JSON.stringify(JSON.parse(text), (key, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !(name in value)) return value;
    const { [name]: taken, ...others } = value as Record<string, unknown>;
    // An object that was wrapped is met again, with another member than the one that is looked for.
    if (how === 'renamed') return { ...others, [`${name}_v2`]: taken };
    return key === '' && Array.isArray(taken) ? value : { ...others, [name]: { value_v2: taken } };
  });
}

/** Names of the members of objects in lists, the first of each list, and of the objects within them. */
function recordNames(value: unknown, isRecord = false): string[] {
  if (Array.isArray(value)) return recordNames(value[0], true);
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap((each) => recordNames(each, isRecord));
  // A key of digits is a place in a list, and no name.
  const names = Object.keys(value).filter((name) => !/^[\d:]+$/.test(name));
  return isRecord ? [...names, ...below] : below;
}

/** Larger, unpacked, than any client should take. */
const BOMB_BYTES = 160 << 20;
let packed: { readonly gzip: Buffer; readonly zip: Buffer } | undefined;

/** An answer that is small as it comes and large once unpacked. */
export function bomb(good: VendorReply): VendorReply {
  packed ??= packBombs();
  const type = good.headers?.['content-type'] ?? '';
  if (type.includes('zip') || isZip(good.body)) return { ...good, body: packed.zip };
  return { ...good, headers: { ...good.headers, 'content-encoding': 'gzip' }, body: packed.gzip };
}

const isZip = (body: VendorReply['body']): boolean =>
  body instanceof Uint8Array && body[0] === 0x50 && body[1] === 0x4b;

function packBombs() {
  const spaces = Buffer.alloc(BOMB_BYTES, ' ');
  return {
    gzip: gzipSync(spaces, { level: 1 }),
    zip: zipOf('report.csv', deflateRawSync(spaces, { level: 1 }), 1000),
  };
}

/** A ZIP of one file that lies about its size (APPNOTE 4.3.7, 4.3.12, 4.3.16). */
function zipOf(name: string, deflated: Buffer, claimedSize: number): Buffer {
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(deflated.length, 14);
  common.writeUInt32LE(claimedSize, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('504b0304', 'hex'), common, Buffer.from(name), deflated]);
  const central = Buffer.concat([
    Buffer.from('504b01021400', 'hex'),
    common,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
