import { diagnosing, objectOf, textOf } from '../../api/kit/errors.ts';
import { defineSource, type Entity, type ProbeResult } from '../../api/source.ts';
import type { Vendor } from '../../api/vendor.ts';
import { askCards, countIn, pages, records, TITLE } from './client.ts';
import { known, map } from './map.ts';
import { type Settings, settings } from './settings.ts';

const cards: Entity<Settings> = {
  ...{ name: 'cards', tables: ['competitor_events'], reading: { by: 'whole' } },
  ...{ pages, records, map, known },
};

const KEY = {
  kind: 'no-permission',
  hint: 'The key is wrong or was withdrawn, or the Content API is not switched on: see “Credentials” on the source’s page.',
} as const;

/** How many cards there are. */
async function probe(vendor: Vendor, chosen: Settings): Promise<ProbeResult> {
  const count = countIn(await askCards(vendor, chosen, 1, 1));
  if (count > 0) return { status: 'ok', finding: `${count} cards are to be read` };
  return {
    status: 'warning',
    finding: 'there is no card to be read',
    remedy: 'See in Klue which boards the key may read.',
  };
}

/** Klue: what is written down about competitors, as moves of theirs. */
export const source = defineSource<Settings>({
  kind: 'klue',
  title: TITLE,
  settings,
  settingsWithoutRows: ['path', 'page_size'],
  api: ({ base_url }) => ({
    version: null,
    sunset: null,
    baseUrl: base_url,
    // None is published: one after the other.
    limits: { concurrency: 1, perSecond: 2 },
  }),
  authorize: ({ secret }) => ({ kind: 'token', secret }),
  entities: () => [cards],
  // No form of its errors is published: the status decides, in its words where there are any.
  diagnose: diagnosing({
    said(body, { status }) {
      const { error, message } = objectOf(body) ?? {};
      const text = textOf(message) || textOf(error);
      return text === '' && status !== 401 && status !== 404
        ? undefined
        : { code: String(status), message: text || 'it says no more' };
    },
    meanings: {
      ...{ 401: KEY, 403: KEY },
      404: { kind: 'refused', hint: 'There are no cards at this address: see `path` and `base_url`.' },
    },
  }),
  probe,
});
