import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { SimulatedVendor, VendorCall, VendorReply } from '../../sandbox/vendors/vendor.ts';

const answer = z.strictObject({
  status: z.int().default(200),
  headers: z.record(z.string(), z.string()).default({}),
  /** An object is sent as JSON. */
  body: z.unknown().optional(),
});

/**
 * What a vendor answered, in `test/pull/sources/<kind>/recorded.json`: enough for the suite of every source and for
 * chaos, without a simulated vendor. It is the morning of 22 November 2026, and 21 November is read. `{origin}` in any
 * text is the address that the vendor is served at.
 */
const recording = z.strictObject({
  about: z.string(),
  /** Keys of the source in vigie.yaml, without kind, name and `base_url`. */
  source: z.record(z.string(), z.unknown()),
  /** What `${secret:…}` holds; absent: everybody may ask. */
  secret: z.record(z.string(), z.string()).optional(),
  /** Headers of every request that is let in, those of the token address aside; `refusal` is what others get. */
  admits: z.record(z.string(), z.string()).default({}),
  refusal: answer.optional(),
  answers: z.array(
    answer.extend({
      /** Method, path and query: `GET /orders?limit=200`. One that comes several times is answered in turn. */
      request: z.string().regex(/^(GET|POST) \//),
      /** What is sent, as JSON or as a form, `{origin}` in it as in answers; absent: whatever. */
      sent: z.unknown().optional(),
      /** A token is given: nobody is let in yet. */
      isToken: z.boolean().default(false),
    }),
  ),
  /** The rows that must come of it, worked out by hand: a header, then a row each, by table. */
  rows: z.record(z.string(), z.array(z.array(z.string().nullable())).min(2)),
});
export type Recording = z.output<typeof recording>;

const fileOf = (kind: string): string => `test/pull/sources/${kind}/recorded.json`;

export const isRecorded = (kind: string): boolean => existsSync(fileOf(kind));

/** A source's recording. Throws where it is not of the form. */
export const readRecording = (kind: string): Recording =>
  parseRecording(readFileSync(fileOf(kind), 'utf8'), fileOf(kind));

export function parseRecording(text: string, file: string): Recording {
  const read = recording.safeParse(JSON.parse(text));
  if (read.success) return read.data;
  throw new Error(`${file}: ${z.prettifyError(read.error)}`);
}

/** A vendor that answers what was recorded, and says what has not been. */
export function recordedVendor(kind: string, recorded: Recording): SimulatedVendor {
  const turns = new Map<string, number>();
  return {
    kind,
    secret: recorded.secret ?? {},
    answer(call) {
      const found = recorded.answers.filter((each) => isAsked(each, call));
      const refused = !found[0]?.isToken && Object.entries(recorded.admits).some(isMissing(call));
      if (refused) return replyOf(recorded.refusal ?? { status: 401, headers: {}, body: '' }, call);
      const asked = `${call.method} ${call.url.pathname}${call.url.search} ${call.body}`;
      const turn = turns.get(asked) ?? 0;
      const reply = found[Math.min(turn, found.length - 1)];
      if (!reply) throw new Error(`no answer is recorded in ${fileOf(kind)} for: ${asked}`);
      turns.set(asked, turn + 1);
      return replyOf(reply, call);
    },
  };
}

const isMissing =
  ({ headers, url }: VendorCall) =>
  ([name, value]: readonly [string, string]): boolean =>
    headers.get(name) !== value && url.searchParams.get(name) !== value;

function isAsked(
  { request, sent }: Recording['answers'][number],
  { method, url, body }: VendorCall,
): boolean {
  const [wanted = '', address = ''] = request.split(/ (.*)/s);
  const there = new URL(address, url);
  if (wanted !== method || there.pathname !== url.pathname) return false;
  if (query(there.searchParams) !== query(url.searchParams)) return false;
  if (sent === undefined) return true;
  const text = JSON.stringify(sent).replaceAll('{origin}', url.origin);
  return query(new URLSearchParams(body)) === formOf(JSON.parse(text)) || body === text;
}

const query = (parameters: URLSearchParams): string =>
  [...parameters]
    .map((each) => each.join('='))
    .sort()
    .join('&');

const formOf = (sent: unknown): string =>
  query(new URLSearchParams(typeof sent === 'object' && sent !== null ? Object.entries(sent) : []));

function replyOf({ status, headers, body }: z.output<typeof answer>, { url }: VendorCall): VendorReply {
  const isText = typeof body === 'string';
  const text = (isText ? body : JSON.stringify(body ?? {})).replaceAll('{origin}', url.origin);
  const type: Record<string, string> = isText ? {} : { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...type, ...headers }, body: text };
}
