import { joinedPage, recordsIn } from '../../api/kit/envelope.ts';
import type { RawPage, Slice } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import type { Entry } from './entry.ts';
import { entriesInJson } from './json-feed.ts';
import { type Feed, feedOf, type Settings } from './settings.ts';
import { entriesInXml } from './xml-feed.ts';

export const TITLE = 'Feeds';

const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/** What of an entry is kept: no author and no text. */
export async function entriesOf(
  vendor: Vendor,
  { name, url }: Feed,
): Promise<{ readonly request: string; readonly entries: readonly Entry[] }> {
  const answer = await vendor.ask({ url, headers: { accept: ACCEPT }, withoutCredentials: true });
  const what = `feed ${name}`;
  const isJson = /^[\uFEFF\s]*\{/.test(answer.text);
  const entries = isJson ? entriesInJson(what, answer.json()) : entriesInXml(what, answer.text);
  return { request: answer.request, entries };
}

export const records = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'entries');

/** A feed has one page: its newest entries. What was on it before stays as it was read. */
export async function* pages(vendor: Vendor, chosen: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const { request, entries } = await entriesOf(vendor, feedOf(chosen, slice.partition));
  yield joinedPage(request, { entries });
}
