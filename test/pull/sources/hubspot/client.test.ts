import { describe, expect, test } from 'vitest';
import type { VendorRequest } from '../../../../functions/pull/api/vendor.ts';
import { searchPages } from '../../../../functions/pull/sources/hubspot/client.ts';
import { diagnose } from '../../../../functions/pull/sources/hubspot/diagnose.ts';
import { peoplePages } from '../../../../functions/pull/sources/hubspot/pages.ts';
import { checkProperties, dealWanted } from '../../../../functions/pull/sources/hubspot/properties.ts';
import { type Settings, settings } from '../../../../functions/pull/sources/hubspot/settings.ts';
import { answering, answerOf, pagesOf } from '../ad-spend/asking.ts';

const chosen = (keys: object = {}): Settings => settings.parse(keys);

/** An account with so many contacts; as HubSpot, it refuses to go beyond 10,000 of a search. */
function account(records: number) {
  return answering((request: VendorRequest) => {
    const { filterGroups, limit, after } = request.body as {
      filterGroups: { filters: { propertyName: string; value: string }[] }[];
      limit: number;
      after?: string;
    };
    if (Number(after ?? 0) + limit > 10_000) return answerOf(400, { category: 'VALIDATION_ERROR' });
    const beyond = filterGroups[0]?.filters.find(({ propertyName }) => propertyName === 'hs_object_id');
    const first = Number(beyond?.value ?? 0) + 1;
    const total = Math.max(0, records - first + 1);
    const results = Array.from({ length: Math.min(limit, total) }, (_, index) => ({
      id: String(first + index),
    }));
    return answerOf(200, { total, results });
  });
}

async function idsOf(pages: AsyncIterable<readonly Readonly<Record<string, unknown>>[]>): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of pages) ids.push(...page.map(({ id }) => String(id)));
  return ids;
}

describe('a search', () => {
  test('goes beyond the 10,000 records that HubSpot gives of one', async () => {
    const { vendor, requests } = account(10_250);
    const ids = await idsOf(searchPages(vendor, chosen(), 'contacts', []));
    expect(ids).toHaveLength(10_250);
    expect(new Set(ids).size).toBe(10_250);
    expect(requests).toHaveLength(103);
  });

  test('that finds nothing is one request', async () => {
    const { vendor, requests } = account(0);
    expect(await idsOf(searchPages(vendor, chosen(), 'deals', []))).toEqual([]);
    expect(requests).toHaveLength(1);
  });

  test('whose records do not go up is not believed', async () => {
    const { vendor } = answering(() => answerOf(200, { total: 3, results: [{ id: 'abc' }] }));
    await expect(idsOf(searchPages(vendor, chosen(), 'deals', []))).rejects.toMatchObject({
      code: 'VENDOR_SHAPE',
    });
  });

  test('that says more are there and gives none is not believed', async () => {
    const { vendor } = answering(() => answerOf(200, { total: 3, results: [] }));
    await expect(idsOf(searchPages(vendor, chosen(), 'deals', []))).rejects.toMatchObject({
      code: 'VENDOR_SHAPE',
    });
  });
});

describe('the list of all contacts', () => {
  const list = (listed: number, counted: number) =>
    answering(({ url }: VendorRequest) =>
      answerOf(200, {
        total: counted,
        results: Array.from({ length: url.endsWith('search') ? 1 : listed }, (_, index) => ({
          id: String(index + 1),
        })),
      }),
    );
  const read = async (listed: number, counted: number) =>
    pagesOf(peoplePages(list(listed, counted).vendor, chosen()));

  test('is believed where the index counts about as many, for the index lags', async () => {
    expect(await read(100, 106)).toHaveLength(1);
    expect(await read(100, 95)).toHaveLength(1);
  });

  test('that lost a page is not believed: whoever is missing would count as erased', async () => {
    await expect(read(100, 200)).rejects.toMatchObject({ code: 'VENDOR_INCOMPLETE', retryable: true });
  });
});

describe('the properties', () => {
  const has = (names: readonly (readonly [string, string])[]) =>
    answering(() => answerOf(200, { results: names.map(([name, label]) => ({ name, label })) }));
  const own = (names: readonly string[]) => names.map((name) => [name, name] as const);

  test('that are gone are named, with those that look alike', async () => {
    const keys = { deal: { competitor: 'main_competitor' } };
    const others = dealWanted(chosen()).properties;
    const { vendor } = has([...own(others), ['competitor_2026', 'Competitor']]);
    await expect(checkProperties(vendor, chosen(keys), 'deals')).rejects.toMatchObject({
      code: 'VENDOR_FIELD_GONE',
      message: 'deals in HubSpot have no property main_competitor',
      hint: expect.stringContaining('competitor_2026') as string,
    });
  });

  test('that nobody has named are offered, in English and French', async () => {
    const names = own(dealWanted(chosen()).properties);
    const { vendor, notes } = has([
      ...names,
      ['concurrent_principal', 'Concurrent principal'],
      ['marge', 'Marge'],
      ['competence', 'Competence'],
    ]);
    await checkProperties(vendor, chosen(), 'deals');
    expect(notes).toEqual([
      'deal.competitor is not set; it might be concurrent_principal (Concurrent principal)',
      'deal.contribution is not set; it might be marge (Marge)',
    ]);
  });
});

describe('an error', () => {
  const said = (status: number, body: object) => diagnose(answerOf(status, body));
  test('of ten seconds is waited for, that of the day is not', () => {
    const limit = { status: 'error', category: 'RATE_LIMITS', message: 'You have reached your limit.' };
    expect(said(429, { ...limit, policyName: 'TEN_SECONDLY_ROLLING' })).toMatchObject({
      kind: 'retry',
      retryAfter: 10,
    });
    expect(said(429, { ...limit, policyName: 'DAILY' })).toMatchObject({
      kind: 'refused',
      hint: expect.stringContaining('midnight') as string,
    });
  });

  test('of a missing scope says where to add it', () => {
    const body = { status: 'error', category: 'MISSING_SCOPES', message: 'This app lacks scopes.' };
    expect(said(403, body)).toMatchObject({
      kind: 'no-permission',
      hint: expect.stringContaining('Permissions') as string,
    });
  });

  test('that a proxy gives is judged by its status', () => {
    expect(said(502, { html: 'Bad gateway' })).toBeUndefined();
  });
});
