import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countryCode } from '../../../../functions/pull/api/kit/countries.ts';
import { FieldError, RecordReader } from '../../../../functions/pull/api/record-reader.ts';
import type { RawPage, RowSink } from '../../../../functions/pull/api/source.ts';
import type { VendorAnswer } from '../../../../functions/pull/api/vendor.ts';
import { records } from '../../../../functions/pull/sources/search-console/client.ts';
import { diagnose } from '../../../../functions/pull/sources/search-console/diagnose.ts';
import { map } from '../../../../functions/pull/sources/search-console/map.ts';
import { settings } from '../../../../functions/pull/sources/search-console/settings.ts';

const SITE = 'sc-domain:ours.example';
const chosen = settings.parse({ sites: [SITE] });
const pageOf = (body: object): RawPage => ({
  ...{ request: 'POST …', format: 'json', text: JSON.stringify(body), json: () => body, facts: {} },
});
const answered = (rows: readonly object[], more: object = {}): RawPage =>
  pageOf({ rows, responseAggregationType: 'byProperty', ...more });
const row = (changes: object = {}): object => ({
  ...{ keys: ['2026-11-18', 'MOBILE', 'fra'], clicks: 2, impressions: 8, ctr: 0.25, position: 3.125 },
  ...changes,
});

interface Mapped {
  readonly rows: unknown[];
  readonly skipped: string[];
}

function mapped(page: RawPage): Mapped {
  const found: Mapped = { rows: [], skipped: [] };
  const out: RowSink = {
    row: (_, each) => void found.rows.push(each),
    empty: () => undefined,
    skip: (reason) => void found.skipped.push(reason),
  };
  const slice = {
    ...{ entity: 'clicks', partition: SITE, key: '2026-11', from: '2026-11-01', to: '2026-11-21' },
    ...{ since: null, startsOn: '2026-11-01', asOf: '2026-11-21' },
  };
  const context = { settings: chosen, slice, page, source: 's', timeZone: 'Europe/Paris', currency: 'EUR' };
  for (const record of records(page)) map(new RecordReader(record), out, context);
  return found;
}

describe('a row', () => {
  test('has its keys by position, and its position as a sum that averages right', () => {
    expect(mapped(answered([row()])).rows).toEqual([
      {
        ...{ searched_on: '2026-11-18', site: SITE, device: 'mobile', country: 'FR' },
        ...{ click_count: 2, impression_count: 8, position_sum: '25' },
      },
    ]);
  });

  test('averages over any rows as all impressions together do', () => {
    const shown = fc.record({
      impressions: fc.integer({ min: 1, max: 100_000 }),
      hundredths: fc.integer({ min: 100, max: 10_000 }),
    });
    fc.assert(
      fc.property(fc.array(shown, { minLength: 1, maxLength: 20 }), (all) => {
        const { rows } = mapped(
          answered(
            all.map(({ impressions, hundredths }) =>
              row({ clicks: 0, impressions, position: hundredths / 100 }),
            ),
          ),
        );
        const sums = rows as { impression_count: number; position_sum: string }[];
        const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
        const found =
          total(sums.map((each) => Number(each.position_sum))) /
          total(sums.map((each) => each.impression_count));
        const wanted =
          total(all.map(({ impressions, hundredths }) => impressions * hundredths)) /
          total(all.map(({ impressions }) => impressions)) /
          100;
        expect(found).toBeCloseTo(wanted, 6);
      }),
    );
  });

  test.each([
    ['more clicks than impressions', row({ clicks: 9 }), 'clicks'],
    ['clicks below zero', row({ clicks: -1 }), 'clicks'],
    ['half a click', row({ clicks: 0.5 }), 'clicks'],
    ['a position before the first', row({ position: -1 }), 'position'],
    ['no position', row({ position: undefined }), 'position'],
    ['a day that was not asked for', row({ keys: ['2026-10-31', 'MOBILE', 'fra'] }), 'date'],
    ['a device that is new', row({ keys: ['2026-11-18', 'WATCH', 'fra'] }), 'device'],
    ['a country that is none', row({ keys: ['2026-11-18', 'MOBILE', 'France'] }), 'country'],
  ])('with %s is refused, naming the field', (_, wrong, field) => {
    expect(() => mapped(answered([wrong]))).toThrow(FieldError);
    try {
      mapped(answered([wrong]));
    } catch (error) {
      expect((error as FieldError).field).toBe(field);
    }
  });

  test.each(['first_incomplete_date', 'firstIncompleteDate'])(
    'of a day that is not final, as %s tells, is not taken',
    (name) => {
      const early = row({ keys: ['2026-11-17', 'MOBILE', 'fra'] });
      const { rows, skipped } = mapped(answered([row(), early], { metadata: { [name]: '2026-11-18' } }));
      expect(rows).toMatchObject([{ searched_on: '2026-11-17' }]);
      expect(skipped).toEqual(['a day that is not final']);
    },
  );
});

describe('an answer', () => {
  test('without rows has none', () => {
    expect(records(pageOf({ responseAggregationType: 'byProperty' }))).toEqual([]);
  });

  test.each([
    ['counted by page', { responseAggregationType: 'byPage' }, 'responseAggregationType'],
    ['of another form', { rows: [row()] }, 'responseAggregationType'],
    ['whose rows are no list', { responseAggregationType: 'byProperty', rows: {} }, 'rows'],
    ['whose rows have another name', { responseAggregationType: 'byProperty', lines: [row()] }, 'rows'],
    [
      'with fewer keys than dimensions',
      { responseAggregationType: 'byProperty', rows: [row({ keys: ['2026-11-18', 'MOBILE'] })] },
      'keys',
    ],
  ])('%s fails the source', (_, body, field) => {
    expect(() => records(pageOf(body))).toThrow(new RegExp(`Search Console: .*${field}.* is not as known`));
  });
});

describe('settings', () => {
  const mistake = (sites: readonly string[]): string =>
    settings
      .safeParse({ sites })
      .error?.issues.map(({ message }) => message)
      .join() ?? 'none';

  test.each([
    [['sc-domain:ours.example', 'https://shop.theirs.example/', 'https://shop.theirs.example.org/a/']],
    [['https://www.ours.example/fr/', 'https://www.ours.example/de/']],
    [['sc-domain:ours.example', 'sc-domain:notours.example']],
  ])('take %j', (sites) => {
    expect(mistake(sites)).toBe('none');
  });

  test.each([
    [['ours.example'], 'not a property as Search Console names it'],
    [['https://www.ours.example'], 'with the slash at its end'],
    [['sc-domain:ours.example', 'sc-domain:ours.example'], 'names a property twice'],
    [['sc-domain:ours.example', 'https://shop.ours.example/'], 'lies within another'],
    [['sc-domain:shop.ours.example', 'sc-domain:ours.example'], 'lies within another'],
    [['https://www.ours.example/fr/', 'https://www.ours.example/'], 'lies within another'],
  ])('refuse %j', (sites, message) => {
    expect(mistake(sites)).toContain(message);
  });
});

test.each([
  [403, { reason: 'quotaExceeded' }, 'refused', 'load that Google allows'],
  [403, { reason: 'userRateLimitExceeded' }, 'retry', undefined],
  [403, { reason: 'forbidden' }, 'no-permission', 'Users and permissions'],
  [403, { reason: 'accessNotConfigured' }, 'no-permission', 'Google Search Console API › Enable'],
  [401, { reason: 'authError' }, 'token-expired', undefined],
  [503, { reason: 'backendError' }, 'retry', undefined],
  [400, { reason: 'invalidParameter' }, 'refused', undefined],
])('%i %j means %s', (status, error, kind, hint) => {
  const text = JSON.stringify({ error: { code: status, message: 'said so', errors: [error] } });
  const found = diagnose({ status, text } as VendorAnswer);
  expect(found).toMatchObject({ kind, reason: 'said so' });
  if (hint === undefined) expect(found?.hint).toBeUndefined();
  else expect(found?.hint).toContain(hint);
});

describe('countries', () => {
  test.each([
    ['fra', 'FR'],
    ['GBR', 'GB'],
    ['xkk', 'XK'],
    ['zzz', 'ZZ'],
    ['abw', 'AW'],
    ['zwe', 'ZW'],
    // Not among them: as it is.
    ['qqq', 'QQQ'],
  ])('%s is %s', (three, two) => {
    expect(countryCode(three)).toBe(two);
  });

  test('have names: each code of two letters that comes of one of three is a region', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const codes = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => countryCode(a + b + c))));
    const two = codes.filter((code) => code.length === 2);
    expect([two.length, new Set(two).size]).toEqual([251, 251]);
    expect(two.filter((code) => names.of(code) === undefined)).toEqual([]);
  });
});
