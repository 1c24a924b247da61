import { type AlertLink, readLink } from '../lake/alerts/link.ts';
import { pressLink, SNOOZE_DAYS, type SnoozeDays, standingOf } from '../lake/alerts/press.ts';
import { oneLine } from '../languages/one-line.ts';
import type { Bucket } from '../platform/bucket.ts';
import { messageOf } from '../platform/errors.ts';
import type { UrlAnswer, UrlRequest } from '../platform/function-url.ts';
import type { Log } from '../platform/log.ts';
import { askingPage, MOST_NOTE, notPage, overPage, POLICY, pressedPage } from './page.ts';

/** Bytes of a form: a choice and a note. */
const MOST_BODY = 4096;
const FORM = /^application\/x-www-form-urlencoded\b/i;

export interface LinkWorld {
  readonly bucket: Bucket;
  /** What links are signed with. */
  readonly key: () => Promise<string>;
  readonly now: () => Date;
  readonly log: Log;
}

/**
 * Answers whoever opens a link of an alert. To look changes nothing, whoever looks: scanners of mail and previews of chats open
 * every link. Only the page's own form acts, once. Nothing of the request is ever an address to go on to.
 */
export async function answer(world: LinkWorld, request: UrlRequest): Promise<UrlAnswer> {
  const { method } = request.requestContext.http;
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST')
    return page(405, notPage('wrong'), { allow: 'GET, HEAD, POST' });
  try {
    const link = readLink(request.rawPath.slice(1), await world.key());
    if (link === null) return page(404, notPage('foreign'));
    if (world.now().toISOString().slice(0, 10) > link.until) return page(410, notPage('old', link.language));
    return await (method === 'POST' ? press(world, link, request) : ask(world, link));
  } catch (error) {
    world.log.error('alert link broke off', { message: messageOf(error) });
    return page(502, notPage('failed'));
  }
}

async function ask({ bucket }: LinkWorld, link: AlertLink): Promise<UrlAnswer> {
  const standing = await standingOf(bucket, link);
  return page(200, standing === undefined ? overPage(link) : askingPage(link, standing));
}

async function press(
  { bucket, now, log }: LinkWorld,
  link: AlertLink,
  request: UrlRequest,
): Promise<UrlAnswer> {
  const form = formOf(request);
  if (form === null) return page(400, notPage('wrong', link.language));
  const days = link.kind === 'snooze' ? daysOf(form.get('days')) : null;
  if (days === undefined) return page(400, notPage('wrong', link.language));
  const note = oneLine(form.get('note') ?? '', MOST_NOTE) || null;
  const pressed = await pressLink(bucket, link, { at: now().toISOString(), days, note });
  log.info('alert link pressed', { doing: link.kind, rule: link.rule, came: pressed.came });
  return page(200, pressedPage(link, pressed, await standingOf(bucket, link)));
}

/** The fields of the page's form; null where it is none, or too long for one. */
function formOf({ body = '', isBase64Encoded, headers }: UrlRequest): URLSearchParams | null {
  const text = isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body;
  if (body.length > 2 * MOST_BODY || Buffer.byteLength(text) > MOST_BODY) return null;
  return FORM.test(headers['content-type'] ?? '') ? new URLSearchParams(text) : null;
}

const daysOf = (text: string | null): SnoozeDays | undefined =>
  SNOOZE_DAYS.find((days) => String(days) === text);

/** Kept nowhere, told to nobody that it leads to, framed by nobody. */
const page = (statusCode: number, body: string, more: UrlAnswer['headers'] = {}): UrlAnswer => ({
  statusCode,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
    'strict-transport-security': 'max-age=31536000',
    ...more,
  },
  cookies: [],
  body,
});
