import { existsSync, readFileSync } from 'node:fs';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openDesk } from '../../pulling.ts';

/** The configuration on the source's page: what people copy is what is tested. */
const page = readFileSync(
  new URL('../../../../functions/pull/sources/ga4/README.md', import.meta.url),
  'utf8',
);
const block = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text ?? '').at(-1) ?? '';
const feeds: { table: string }[] = parse(block).sources[0].feeds;

type Value = { string_value?: string | null; int_value?: string | number | null };
interface Event {
  readonly name: string;
  readonly visitor: string | null;
  readonly session: string | null;
  readonly engaged?: Value;
  readonly page?: string;
  readonly item?: string;
  readonly device?: string;
  readonly consent?: string | null;
}

let sequence = 0;
/** As Google exports it. */
const event = ({ name, visitor, session, engaged, page: location, item, device, consent }: Event) => ({
  event_date: '20261120',
  event_timestamp: String(1_795_176_000_000_000 + 1_000_000 * ++sequence),
  event_name: name,
  event_params: [
    ...(session === null ? [] : [{ key: 'ga_session_id', value: { int_value: session } }]),
    ...(engaged === undefined ? [] : [{ key: 'session_engaged', value: engaged }]),
    ...(location === undefined
      ? []
      : [{ key: 'page_location', value: { string_value: location, int_value: null } }]),
  ],
  event_bundle_sequence_id: '77',
  user_pseudo_id: visitor,
  privacy_info: { analytics_storage: consent === undefined ? 'Yes' : consent },
  device: { category: device ?? 'desktop' },
  stream_id: '5120337718',
  items: item === undefined ? [] : [{ item_id: item }],
});

/** Two sessions of A, one of B, one without consent mode, and bare events of somebody who did not agree. */
const EVENTS = [
  event({
    name: 'session_start',
    visitor: 'A',
    session: '1',
    page: 'https://s.example/',
    engaged: { string_value: '0' },
  }),
  event({
    name: 'page_view',
    visitor: 'A',
    session: '1',
    page: 'https://s.example/',
    engaged: { string_value: '0' },
  }),
  event({
    name: 'view_item',
    visitor: 'A',
    session: '1',
    page: 'https://s.example/p/9',
    item: '9',
    engaged: { string_value: '1' },
  }),
  event({
    name: 'add_to_cart',
    visitor: 'A',
    session: '1',
    page: 'https://s.example/p/9',
    item: '9',
    engaged: { int_value: '1' },
  }),
  event({ name: 'purchase', visitor: 'A', session: '1', engaged: { int_value: '1' } }),
  event({ name: 'purchase', visitor: 'A', session: '1', engaged: { int_value: '1' } }),
  event({ name: 'page_view', visitor: 'B', session: '1', page: 'https://s.example/c/x', device: 'mobile' }),
  event({
    name: 'view_search_results',
    visitor: 'A',
    session: '2',
    engaged: { string_value: '1' },
    device: 'smart tv',
  }),
  event({ name: 'page_view', visitor: 'C', session: '8', consent: null }),
  event({ name: 'page_view', visitor: null, session: null, consent: 'No' }),
  event({ name: 'purchase', visitor: 'D', session: '4', consent: 'No' }),
];

const ndjson = (events: readonly object[]) => `${events.map((each) => JSON.stringify(each)).join('\n')}\n`;
const FILE = 'exports/ga4/events_20261120.ndjson.gz';

/** Worked out by hand. */
const SESSIONS = [
  ['20261120/A/1', 'desktop', 1, 1, 0, true],
  ['20261120/A/2', 'other', 1, 0, 0, true],
  ['20261120/B/1', 'mobile', 1, 0, 1, true],
  ['20261120/C/8', 'desktop', 1, 0, 1, null],
];
const VIEWS = [
  ['20261120/A/1', 'cart_change', '9', 'product'],
  ['20261120/A/1', 'page', null, null],
  ['20261120/A/1', 'product', '9', 'product'],
  ['20261120/A/2', 'search', null, null],
  ['20261120/B/1', 'page', null, 'category'],
  ['20261120/C/8', 'page', null, null],
];

async function read(content: string | Uint8Array) {
  const desk = await openDesk();
  await desk.drop(FILE, content);
  const { status, batches, problem } = await desk.pull(feeds, { asOf: '2026-11-20' });
  expect(problem).toBeUndefined();
  expect([status, batches.map((batch) => batch.rejected)]).toEqual(['ok', [0, 0]]);
  const rowsOf = async (table: string) => desk.rows(batches.find((batch) => batch.table === table));
  return { sessions: await rowsOf('sessions'), views: await rowsOf('page_views') };
}

const asLists = (rows: readonly Record<string, unknown>[], names: readonly string[]) =>
  rows.map((row) => names.map((name) => row[name] ?? null)).sort();

describe('Google’s export of events, with the feeds of the source’s page', () => {
  test('gives sessions and views, of those who agreed or were not asked', async () => {
    const { sessions, views } = await read(ndjson(EVENTS));
    expect(
      asLists(sessions, [
        'session_id',
        'device',
        'session_count',
        'ordering_session_count',
        'bounced_session_count',
        'consented',
      ]),
    ).toEqual(SESSIONS);
    expect(asLists(views, ['session_id', 'kind', 'product_id', 'page_group'])).toEqual(VIEWS);
  });

  test('in whatever order the events come', async () => {
    const { sessions } = await read(ndjson(EVENTS.toReversed()));
    expect(asLists(sessions, ['session_id', 'ordering_session_count', 'bounced_session_count'])).toEqual(
      SESSIONS.map(([id, , , ordering, bounced]) => [id, ordering, bounced]),
    );
  });

  test('from Parquet as from JSON', async () => {
    const { sessions, views } = await read(parquetOf(EVENTS));
    expect(asLists(sessions, ['session_id', 'ordering_session_count', 'bounced_session_count'])).toEqual(
      SESSIONS.map(([id, , , ordering, bounced]) => [id, ordering, bounced]),
    );
    expect(asLists(views, ['session_id', 'kind', 'product_id', 'page_group'])).toEqual(VIEWS);
  });

  test('tells the events of a batch apart, which share their timestamp', async () => {
    const batch = (place: string) => ({
      ...event({ name: 'page_view', visitor: 'A', session: '1', page: 'https://s.example/p/1' }),
      ...{ event_timestamp: '1795176000000000', batch_page_id: '1795176000000' },
      ...{ batch_ordering_id: '1', batch_event_index: place },
    });
    const { views } = await read(ndjson([batch('1'), batch('2')]));
    expect(asLists(views, ['kind', 'session_id'])).toHaveLength(2);
    const keys = asLists(views, ['page_view_id']).flat();
    expect(new Set(keys).size).toBe(2);
  });

  test('a session without a number belongs nowhere and is put aside with the reason', async () => {
    const desk = await openDesk();
    await desk.drop(FILE, ndjson([...EVENTS, event({ name: 'page_view', visitor: 'E', session: null })]));
    await desk.pull(feeds.slice(1), { asOf: '2026-11-20', share: 0.5 });
    expect((await desk.rejected('sessions')).map(({ reason }) => reason)).toEqual([
      'has no event_params.ga_session_id, by which records are grouped',
    ]);
  });
});

/** Nested, as BigQuery writes it; JSON columns stand for what hyparquet reads as objects. */
function parquetOf(events: readonly ReturnType<typeof event>[]): Uint8Array {
  const column = (name: string, data: unknown[], type: 'STRING' | 'JSON') => ({ name, data, type }) as const;
  const texts = [
    'event_date',
    'event_timestamp',
    'event_name',
    'event_bundle_sequence_id',
    'stream_id',
  ] as const;
  const nested = ['event_params', 'privacy_info', 'device', 'items'] as const;
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        ...texts.map((name) =>
          column(
            name,
            events.map((each) => each[name]),
            'STRING',
          ),
        ),
        column(
          'user_pseudo_id',
          events.map((each) => each.user_pseudo_id),
          'STRING',
        ),
        ...nested.map((name) =>
          column(
            name,
            events.map((each) => each[name]),
            'JSON',
          ),
        ),
      ],
    }),
  );
}

const RECORDED = new URL('../../../../../shared/data/web-analytics/', import.meta.url);
const recorded = existsSync(RECORDED);
if (!recorded) console.warn('NOT RUN: recorded events of real properties are not on this machine');

describe.skipIf(!recorded)('recorded events of two properties', () => {
  const readRecorded = (name: string) => JSON.parse(readFileSync(new URL(name, RECORDED), 'utf8')) as object;
  test('become the session and the view that a person reads in them', async () => {
    const desk = await openDesk();
    const events = [
      readRecorded('ga4_obfuscated_sample_page_view_20210128.json'),
      readRecorded('velir_dbt_ga4_session_start_20220527.json'),
    ];
    await desk.drop(FILE, ndjson(events));
    const { batches } = await desk.pull(feeds, { asOf: '2026-11-20' });
    const rows = async (table: string) => desk.rows(batches.find((batch) => batch.table === table));
    expect(asLists(await rows('page_views'), ['viewed_on', 'kind', 'session_id', 'viewed_at'])).toEqual([
      ['2021-01-28', 'page', '20210128/1146540.1921992520/3599645542', '2021-01-28T01:40:22.695Z'],
    ]);
    // Both were engaged when they were recorded: one says so as text, the other as a number.
    expect(
      asLists(await rows('sessions'), [
        'started_on',
        'device',
        'ordering_session_count',
        'bounced_session_count',
      ]),
    ).toEqual([
      ['2021-01-28', 'desktop', 0, 0],
      ['2022-05-27', 'mobile', 0, 0],
    ]);
  });
});
