import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VigieError } from '../../../../functions/platform/errors.ts';
import { FieldError } from '../../../../functions/pull/api/record-reader.ts';
import { entriesOf } from '../../../../functions/pull/sources/rss/client.ts';
import { dayOf } from '../../../../functions/pull/sources/rss/date.ts';
import { settings } from '../../../../functions/pull/sources/rss/settings.ts';
import { source } from '../../../../functions/pull/sources/rss/source.ts';
import { answering, answerOf } from '../ad-spend/asking.ts';
import { mapped, refusals } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';

const FEED = { name: 'rival', url: 'https://rival.example/feed?x=1', competitor: 'Rival' };
const chosen = (changes: object = {}) => settings.parse({ feeds: [{ ...FEED, ...changes }] });

const read = async (body: unknown) => {
  const { vendor, requests } = answering(() => answerOf(200, body));
  const [feed] = chosen().feeds;
  if (feed === undefined) throw new Error('there is a feed');
  return { ...(await entriesOf(vendor, feed)), requests };
};
const rss = (inside: string): string => `<rss version="2.0"><channel>${inside}</channel></rss>`;
const item = (inside: string): string => rss(`<item>${inside}</item>`);

const ENTRY = {
  ...{ id: '311', title: 'A price', link: 'https://rival.example/311' },
  ...{ at: 'Fri, 20 Nov 2026 08:00:00 GMT', categories: ['News', 'Pricing'] },
};
const map = (changes: object = {}, keys: object = {}) => {
  const definition = { ...source, settings: settings.loose() as never };
  const entries = [{ ...ENTRY, ...changes }];
  const slice = { partition: 'rival', startsOn: '2026-11-01' };
  return mapped(definition, { feeds: [{ ...FEED, ...keys }] }, 'entries', { entries }, { slice });
};

describe('an entry', () => {
  test('is a move of the competitor on the day on which it was told', () => {
    const { rows } = map({ at: 'Fri, 20 Nov 2026 23:30:00 GMT' }, { kind: 'news' });
    expect(rows).toEqual([
      {
        table: 'competitor_events',
        row: {
          event_id: expect.stringMatching(/^rival-[\da-f]{24}$/),
          ...{ event_on: '2026-11-21', competitor: 'Rival', kind: 'news', title: 'A price' },
          url: 'https://rival.example/311',
        },
      },
    ]);
    expect(refusals('competitor_events', rows[0]?.row ?? {})).toEqual([]);
  });

  test('is of the kind that the first of its known categories says', () => {
    const kindOf = (keys: object) => map({}, keys).rows[0]?.row['kind'];
    expect(kindOf({ kind: 'news', kinds: { PRICING: 'price' } })).toBe('price');
    expect(kindOf({ kind: 'news', kinds: { Jobs: 'people' } })).toBe('news');
    expect(kindOf({})).toBeNull();
  });

  test('of a feed about many is wanted by its title', () => {
    expect(map({}, { only: '\\bPRICE\\b' }).rows).toHaveLength(1);
    expect(map({}, { only: '\\bpri\\b' })).toMatchObject({
      rows: [],
      rejected: [],
      skipped: [expect.any(String)],
    });
  });

  test('from before `starts_on` is left out', () => {
    expect(map({ at: '2026-10-31' })).toMatchObject({ rows: [], skipped: [expect.any(String)] });
    expect(map({ at: '2026-11-01' }).rows).toHaveLength(1);
  });

  test.each([
    ['title', { title: null }],
    ['at', { at: null }],
    ['at', { at: 'last week' }],
    ['id', { id: null }],
    ['link', { link: 'javascript:alert(1)' }],
    ['categories', { categories: 'News' }],
  ])('whose %s is not as it must be is rejected', (field, changes) => {
    const { rows, rejected } = map(changes);
    expect(rows).toEqual([]);
    expect(rejected.map((error) => error.field)).toEqual([field]);
  });
});

describe('a feed', () => {
  test('is asked at its own address, for feeds, without credentials', async () => {
    const { requests } = await read(rss(''));
    expect(requests).toMatchObject([{ url: FEED.url, withoutCredentials: true }]);
  });

  test('of RSS 1.0 has its items beside the channel, and days without a time', async () => {
    const rdf = `<rdf:RDF xmlns:rdf="r" xmlns="p" xmlns:dc="d"><channel rdf:about="c"><title>No item</title></channel>
      <item rdf:about="https://rival.example/1"><title>One</title><link>https://rival.example/1</link>
      <dc:date>2026-11-20</dc:date></item></rdf:RDF>`;
    expect((await read(rdf)).entries).toEqual([
      {
        ...{ id: 'https://rival.example/1', title: 'One', link: 'https://rival.example/1' },
        ...{ at: '2026-11-20', categories: [] },
      },
    ]);
  });

  test('says what is its own, and not what stands deeper or is of an extension', async () => {
    const { entries } = await read(
      item(
        '<source><title>No</title></source><media:title>No</media:title><title>Yes</title><guid>7</guid>' +
          '<media:group><link>https://no.example</link></media:group><category><![CDATA[A & B]]></category>',
      ),
    );
    expect(entries).toEqual([{ id: '7', title: 'Yes', link: null, at: null, categories: ['A & B'] }]);
  });

  test('without an entry has none; one that is a page, or something else, is no feed', async () => {
    expect((await read(rss(''))).entries).toEqual([]);
    for (const body of ['<!DOCTYPE html><html><body>Sign in<br></body></html>', '<urlset></urlset>', 'gone>'])
      await expect(read(body)).rejects.toMatchObject({ code: 'VENDOR_SHAPE' });
  });

  test('that was cut on its way is read again', async () => {
    const whole = item('<title>Yes</title>');
    await expect(read(whole.slice(0, -12))).rejects.toMatchObject({
      code: 'VENDOR_INCOMPLETE',
      retryable: true,
    });
  });

  test('whose entities would grow without end does not', async () => {
    const bomb = `<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${item('<title>&b;</title>')}`;
    await expect(read(bomb)).rejects.toMatchObject({ code: 'VENDOR_SHAPE' });
  });

  test('whatever it holds, it is read, or said not to be one', async () => {
    const piece = fc.constantFrom(
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      'a',
      '&amp;',
      '<![CDATA[',
      ']]>',
      '<link/>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        await read(rss(pieces.join(''))).catch((error: unknown) => {
          if (!(error instanceof VigieError)) throw error;
        });
      }),
    );
  });

  const json = { version: 'https://jsonfeed.org/version/1.1', items: [] as unknown[] };
  const entry = {
    id: '1',
    url: 'https://rival.example/1',
    title: 'One',
    date_published: '2026-11-20T08:00:00Z',
  };

  test('in JSON may have no tags; tags under another name are not overlooked', async () => {
    expect((await read({ ...json, items: [entry] })).entries).toMatchObject([{ id: '1', categories: [] }]);
    await expect(read({ ...json, items: [{ ...entry, labels: ['Pricing'] }] })).rejects.toMatchObject({
      code: 'VENDOR_SHAPE',
    });
  });

  test.each([
    ['id', { ...json, items: [{ ...entry, id: undefined }] }],
    ['url', { ...json, items: [{ ...entry, url: undefined }] }],
    ['date_published', { ...json, items: [{ ...entry, date_published: undefined }] }],
    ['tags', { ...json, items: [{ ...entry, tags: 'Pricing' }] }],
    ['items', { ...json, items: undefined }],
    ['version', { error: 'no feed' }],
  ])('in JSON without %s is not as known', async (field, body) => {
    await expect(read(body)).rejects.toMatchObject({
      ...{ code: 'VENDOR_SHAPE', where: { field: expect.stringContaining(field) } },
    });
  });
});

describe('a day', () => {
  test.each([
    ['Wed, 02 Oct 2002 22:30:00 +0200', '2002-10-02'],
    ['2 Oct 2002 22:30 GMT', '2002-10-03'],
    ['Wed, 2 October 2002 20:00:00 EST', '2002-10-03'],
    ['2026-11-20T23:30:00Z', '2026-11-21'],
    ['2026-11-20T00:30:00+09:00', '2026-11-19'],
    ['2026-11-20', '2026-11-20'],
  ])('of %s is %s in Paris', (text, day) => expect(dayOf(text, 'Europe/Paris')).toBe(day));

  test.each([
    'Wed, 31 Feb 2026 08:00:00 GMT',
    '2 Oct 2002 08:00 CEST',
    '2 Foo 2002 08:00 GMT',
    '20/11/2026',
    'now',
  ])('of %s is not guessed', (text) => expect(() => dayOf(text, 'Europe/Paris')).toThrow(FieldError));
});

describe('settings', () => {
  test.each([
    { url: 'http://rival.example/feed' },
    { url: 'https://user:word@rival.example/feed' },
    { url: 'file:///etc/passwd' },
    { only: '(' },
    { name: 'A Name' },
    { competitor: ' ' },
  ])('with %o are refused', (changes) =>
    expect(settings.safeParse({ feeds: [{ ...FEED, ...changes }] }).success).toBe(false),
  );

  test('with a name twice are refused', () =>
    expect(settings.safeParse({ feeds: [FEED, FEED] }).success).toBe(false));
});

test.each([
  [302, 'Put the address'],
  [403, 'lets no programs'],
  [404, 'has moved'],
])('status %i says what to do', (status, hint) => {
  expect(source.diagnose?.(answerOf(status, ''))).toMatchObject({
    ...{ kind: 'refused', hint: expect.stringContaining(hint) },
  });
});

test('doctor says which feed is wrong, and how many entries the others have', async () => {
  const feeds = [
    { ...FEED, only: 'price' },
    { ...FEED, name: 'other', url: 'https://other.example/feed' },
  ];
  const probed = (body: (url: string) => string) => {
    const { vendor } = answering(({ url }) => answerOf(200, body(url)));
    return source.probe(vendor, settings.parse({ feeds }));
  };
  const prices = item('<title>A price</title>');
  expect(await probed(() => prices)).toEqual({
    status: 'ok',
    finding: 'rival: 1 of 1 entries are of Rival; other: 1 of 1 entries are of Rival',
  });
  expect(await probed(() => item('<title>Jobs</title>'))).toMatchObject({
    ...{ status: 'warning', finding: expect.stringContaining('feed rival: none of 1') },
  });
  expect(await probed((url) => (url.includes('other') ? '<html></html>' : prices))).toMatchObject({
    ...{ status: 'failed', finding: expect.stringContaining('feed other: ') },
    remedy: expect.any(String),
  });
});

test('a busy site is asked again', () => expect(source.diagnose?.(answerOf(503, ''))).toBeUndefined());

test('its page has every setting', () => {
  expect(undocumented(source, pageOfSource('rss').text)).toEqual([]);
});
