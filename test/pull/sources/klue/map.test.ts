import { describe, expect, test } from 'vitest';
import { pages } from '../../../../functions/pull/sources/klue/client.ts';
import { settings } from '../../../../functions/pull/sources/klue/settings.ts';
import { source } from '../../../../functions/pull/sources/klue/source.ts';
import { answering, answerOf, pagesOf } from '../ad-spend/asking.ts';
import { mapped, refusals } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';

const CARD = {
  ...{ id: 501, title: 'Ten per cent off', topic: 'Pricing', competitor: 'Rival', bodyHtml: '<p>x</p>' },
  ...{ cardUrl: 'https://app.klue.com/cards/501', createdAt: '2026-11-09T23:30:00.000Z' },
};
/** `mapped` gives keys that most sources have: `read` is none of Klue’s. */
const definition = { ...source, settings: settings.loose() as never };
const read = (keys: object, ...items: object[]) => mapped(definition, keys, 'cards', { items });

describe('a card', () => {
  test('is a move of a competitor on the day on which it was made', () => {
    const { of } = read({ kinds: { Pricing: 'price' } }, CARD);
    expect(of('competitor_events')).toEqual([
      {
        ...{ event_id: 'klue-501', event_on: '2026-11-10', competitor: 'Rival', kind: 'price' },
        ...{ title: 'Ten per cent off', url: 'https://app.klue.com/cards/501' },
      },
    ]);
    expect(refusals('competitor_events', of('competitor_events')[0] ?? {})).toEqual([]);
  });

  test('of nobody, and of a topic that is not wanted, is left out and counted', () => {
    const { rows, skipped } = read({ topics: ['Product'] }, CARD, { ...CARD, competitor: null });
    expect(rows).toEqual([]);
    expect(skipped).toHaveLength(2);
  });

  test.each<[string, object, string]>([
    ['without a competitor’s field', { competitor: undefined }, 'competitor'],
    ['without a topic’s field', { topic: undefined }, 'topic'],
    ['without its day', { createdAt: null }, 'createdAt'],
    ['whose competitor is an object', { competitor: { name: 'Rival' } }, 'competitor'],
    ['with a link that is none of the web', { cardUrl: 'javascript:alert(1)' }, 'cardUrl'],
  ])('%s is rejected', (_, changes, field) => {
    const { rows, rejected } = read({}, { ...CARD, ...changes });
    expect(rows).toEqual([]);
    expect(rejected.map((error) => error.field)).toEqual([field]);
  });
});

test('cards are read page by page, and what is written on them is left behind', async () => {
  const { vendor, requests } = answering((_, index) =>
    answerOf(200, { items: [{ ...CARD, id: index }], totalItems: 2 }),
  );
  const found = await pagesOf(pages(vendor, settings.parse({ page_size: 1, path: '/v2/cards' })));
  expect(requests.map(({ url, query }) => [url, query])).toEqual([
    ['/v2/cards', { limit: 1, page: 1 }],
    ['/v2/cards', { limit: 1, page: 2 }],
  ]);
  expect(found.map(({ text }) => text).join()).not.toMatch(/bodyHtml/);
});

test('a list that is shorter than its count is not taken', async () => {
  const { vendor } = answering((_, index) =>
    answerOf(200, { items: index === 0 ? [CARD] : [], totalItems: 2 }),
  );
  await expect(pagesOf(pages(vendor, settings.parse({ page_size: 1 })))).rejects.toMatchObject({
    code: 'VENDOR_INCOMPLETE',
  });
});

test('a wrong address and a wrong key are told apart', () => {
  expect(source.diagnose?.(answerOf(404, {}))).toMatchObject({
    ...{ kind: 'refused', hint: expect.stringContaining('`path`') },
  });
  expect(source.diagnose?.(answerOf(401, { error: 'Unauthorized' }))).toMatchObject({
    kind: 'no-permission',
  });
});

test('its page has every setting', () => {
  expect(undocumented(source, pageOfSource('klue').text)).toEqual([]);
});
