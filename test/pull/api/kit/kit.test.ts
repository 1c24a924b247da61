import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRecords } from '../../../../functions/pull/api/kit/csv.ts';
import { diagnosing, objectOf, textOf } from '../../../../functions/pull/api/kit/errors.ts';
import { pagesByNext, pagesByOffset } from '../../../../functions/pull/api/kit/paging.ts';
import { probeEach, probeLists } from '../../../../functions/pull/api/kit/probes.ts';
import { apiVersion, type Versions } from '../../../../functions/pull/api/kit/versions.ts';

async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const page of pages) list.push(page);
  return list;
}

describe('pages', () => {
  const list = fc.uniqueArray(fc.string(), { maxLength: 40 });
  const size = fc.integer({ min: 1, max: 9 });

  test('by token give the whole list, in order', async () => {
    await fc.assert(
      fc.asyncProperty(list, size, async (items, most) => {
        const pages = pagesByNext({
          what: 'a list',
          ask: async (at) => ({ from: Number(at ?? 0), items: items.slice(Number(at ?? 0)).slice(0, most) }),
          next: ({ from }) => (from + most < items.length ? String(from + most) : null),
        });
        expect((await all(pages)).flatMap((page) => page.items)).toEqual(items);
      }),
    );
  });

  test('that lead to themselves are no list', async () => {
    const pages = pagesByNext({ what: 'a list', ask: async () => 1, next: () => 'A' });
    await expect(all(pages)).rejects.toMatchObject({ code: 'VENDOR_INCOMPLETE', retryable: true });
  });

  const byOffset = (items: readonly string[], most: number, counted: boolean, asked: number[] = []) =>
    pagesByOffset({
      ...{ what: 'a list', size: most, hint: 'Again.' },
      ask: async (offset) => {
        asked.push(offset);
        return items.slice(offset, offset + most);
      },
      keys: (page) => page,
      total: () => (counted ? items.length : null),
    });

  test('by offset give the whole list, counted or until one is not full', async () => {
    await fc.assert(
      fc.asyncProperty(list, size, fc.boolean(), async (items, most, counted) => {
        const asked: number[] = [];
        expect((await all(byOffset(items, most, counted, asked))).flat()).toEqual(items);
        expect(asked).toEqual([...asked].sort((a, b) => a - b));
        if (counted) expect(asked).toHaveLength(Math.max(1, Math.ceil(items.length / most)));
      }),
    );
  });

  test('of a list that shifts are never taken for whole', async () => {
    const newest = ['c', 'b', 'a'];
    let live = newest;
    const pages = pagesByOffset({
      ...{ what: 'a list', size: 2, hint: 'Again.' },
      ask: async (offset) => {
        const page = live.slice(offset, offset + 2);
        live = ['d', ...newest];
        return page;
      },
      keys: (page) => page,
      total: () => live.length,
    });
    await expect(all(pages)).rejects.toMatchObject({ code: 'VENDOR_INCOMPLETE', retryable: true });
  });

  test('that end before what was counted are incomplete', async () => {
    const pages = pagesByOffset({
      ...{ what: 'orders', size: 2, hint: 'Again.' },
      ask: async (offset) => (offset === 0 ? ['a', 'b'] : []),
      keys: (page) => page,
      total: () => 5,
    });
    await expect(all(pages)).rejects.toMatchObject({
      code: 'VENDOR_INCOMPLETE',
      message: expect.stringContaining('orders: 2 records came of 5'),
    });
  });
});

describe('errors', () => {
  const diagnose = diagnosing({
    said(body) {
      const error = objectOf(objectOf(body)?.['error']);
      return error && { code: textOf(error['code']), message: textOf(error['message']) };
    },
    meanings: {
      SLOW: { kind: 'retry', retryAfter: 9 },
      403: { hint: 'Ask for the role.' },
    },
  });
  const answer = (status: number, text: string) => ({
    ...{ status, text, headers: new Headers(), request: 'GET /x' },
    json: () => JSON.parse(text) as unknown,
  });
  const said = (code: string) => JSON.stringify({ error: { code, message: 'what it says' } });

  test.each([
    [400, 'SLOW', { kind: 'retry', reason: 'SLOW: what it says', retryAfter: 9 }],
    [403, 'NO', { kind: 'no-permission', reason: 'NO: what it says', hint: 'Ask for the role.' }],
    [401, 'X', { kind: 'token-expired', reason: 'X: what it says' }],
    [429, 'X', { kind: 'retry', reason: 'X: what it says' }],
    [500, '', { kind: 'retry', reason: 'what it says' }],
    [413, 'X', { kind: 'too-large', reason: 'X: what it says' }],
    [410, 'X', { kind: 'version-ended', reason: 'X: what it says' }],
    [422, 'constructor', { kind: 'refused', reason: 'constructor: what it says' }],
  ])('%i %s', (status, code, meaning) => {
    expect(diagnose(answer(status, said(code)))).toEqual(meaning);
  });

  test('in nobody’s form, and good answers, are left to the status', () => {
    for (const [status, text] of [
      [502, '<html>'],
      [403, '[]'],
      [200, said('SLOW')],
    ] as const)
      expect(diagnose(answer(status, text))).toBeUndefined();
  });
});

describe('a report in CSV', () => {
  const report = { what: 'a report', column: 'Day' };
  test('has its records behind titles, before its footer', () => {
    const text = '\uFEFFMy report\n\n"Day","Spend"\n"2026-11-20","1,5"\n\n"the end",""\n';
    const isFooter = (row: readonly string[]) => row[0] === 'the end';
    expect(csvRecords(text, { ...report, isFooter })).toEqual([{ Day: '2026-11-20', Spend: '1,5' }]);
  });

  test.each([
    ['a row that was cut', 'Day,Spend\n2026-11-20,1\n2026-11-21'],
    ['a quote that never ends', 'Day,Spend\n2026-11-20,"1\n2026-11-21,2\n'],
    ['no header', '2026-11-20,1\n'],
    ['nothing', ''],
  ])('%s is another form', (_, text) => {
    expect(() => csvRecords(text, report)).toThrow(expect.objectContaining({ code: 'VENDOR_SHAPE' }));
  });
});

describe('probes', () => {
  test('tell the first account that fails alone, and keep the lines of the others beside a warning', async () => {
    const warning = { status: 'warning', finding: 'b: idle' } as const;
    const failed = { status: 'failed', finding: 'c is a manager', remedy: 'Leave it out.' } as const;
    const look = async (name: string) => (name === 'b' ? warning : name === 'c' ? failed : `${name}: EUR`);
    expect(await probeEach(['a'], look)).toEqual({ status: 'ok', finding: 'a: EUR' });
    expect(await probeEach(['a', 'b'], look)).toEqual({ status: 'warning', finding: 'a: EUR; b: idle' });
    expect(await probeEach(['a', 'b', 'c'], look)).toEqual(failed);
  });

  test('name the lists in which nothing is to be seen', async () => {
    const words = { kind: 'sets', at: 'in', remedy: 'Look at the roles.' };
    const lists = [
      { name: 'orders', has: 3 },
      { name: 'stock', has: 0 },
    ];
    expect(await probeLists(lists.slice(0, 1), async ({ has }) => has, words)).toMatchObject({
      status: 'ok',
    });
    expect(await probeLists(lists, async ({ has }) => has, words)).toEqual({
      ...{ status: 'warning', finding: 'nothing to be seen in stock', remedy: 'Look at the roles.' },
    });
  });
});

test('a version ends as the company says, as announced, or as versions use to', () => {
  const versions: Versions = {
    ...{ default: 'v2', form: /^v\d$/, example: 'v2', describe: 'Version.' },
    ends: { v1: '2026-01-31' },
    endOf: (version) => (version === 'v3' ? '2028-01-31' : ''),
  };
  expect(apiVersion(versions, { version: 'v1' }).sunset).toBe('2026-01-31');
  expect(apiVersion(versions, { version: 'v1', version_sunset: '2026-03-31' }).sunset).toBe('2026-03-31');
  expect(apiVersion(versions, { version: 'v3' })).toEqual({ version: 'v3', sunset: '2028-01-31' });
  const { endOf: _, ...announcedOnly } = versions;
  expect(apiVersion(announcedOnly, { version: 'v3' }).sunset).toBeNull();
});
