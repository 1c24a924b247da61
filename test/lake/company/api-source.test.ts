import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { SourceKind } from '../../../functions/lake/company/api-source.ts';
import { allFedTables, fedTables } from '../../../functions/lake/company/fed-tables.ts';
import { parseCompany } from '../../../functions/lake/company/file.ts';
import { readResolvedCompany, resolvedCompany } from '../../../functions/lake/company/resolved.ts';
import { VigieError } from '../../../functions/platform/errors.ts';
import { baseUrl, secretReference } from '../../../functions/pull/api/settings-fields.ts';
import { tables } from '../../kit/tables.ts';

const shop: SourceKind = {
  kind: 'shop',
  settings: z
    .strictObject({
      base_url: baseUrl(),
      secret: secretReference(),
      carts: z.boolean().default(true),
      page_size: z.int().min(1).default(100),
    })
    .refine((own) => own.page_size < 5000, { path: ['page_size'], error: 'at most 4,999' }),
  tables: (own) =>
    (own as { carts: boolean }).carts ? ['orders', 'order_lines', 'carts'] : ['orders', 'order_lines'],
};

const file = (source: string): string => `company:
  name: Cordage & Fils
  time_zone: Europe/Paris
  currency: EUR
sources:
${source}`;

const good = file(`  - kind: shop
    name: web
    starts_on: 2025-01-01
    base_url: https://shop.example.com/
    secret: \${secret:shop}
`);

const parse = (text: string) => parseCompany(text, 'vigie.yaml', { tables, kinds: [shop] });

function problems(text: string): string[] {
  try {
    parse(text);
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
  return [];
}

describe('a source over an API in vigie.yaml', () => {
  test('is resolved: the kind’s own keys with their defaults, and the tables it fills', () => {
    expect(parse(good).sources).toEqual([
      {
        kind: 'shop',
        name: 'web',
        starts_on: '2025-01-01',
        max_rejected_share: 0.01,
        max_minutes: 60,
        max_pages: 10_000,
        settings: {
          base_url: 'https://shop.example.com',
          secret: '${secret:shop}',
          carts: true,
          page_size: 100,
        },
        delivers: [{ table: 'orders' }, { table: 'order_lines' }, { table: 'carts' }],
      },
    ]);
  });

  test('every mistake has its line, the nearest key and what is allowed', () => {
    const text = file(`  - kind: shop
    name: web
    start_on: 2025-01-01
    base_url: http://shop.example.com
    secret: s3cr3t
    page_size: 0
  - kind: shopp
    name: other
`);
    expect(problems(text)).toEqual([
      'vigie.yaml:6:5  sources[0].starts_on: is missing; it takes a text',
      'vigie.yaml:8:5  sources[0].start_on: there is no such field; did you mean `starts_on`?',
      expect.stringContaining(
        'vigie.yaml:9:15  sources[0].base_url: "http://shop.example.com": not an https address',
      ),
      expect.stringContaining('vigie.yaml:10:13  sources[0].secret: a secret stands here by reference only'),
      'vigie.yaml:11:16  sources[0].page_size: 0 is not at least 1',
      'vigie.yaml:12:11  sources[1].kind: "shopp" is not allowed; did you mean `shop`?',
    ]);
  });

  test('a secret written out is refused and never repeated', () => {
    const [mistake] = problems(good.replace('${secret:shop}', 's3cr3t-value'));
    expect(mistake).toContain('by reference only');
    expect(mistake).not.toContain('s3cr3t-value');
  });

  test('a refinement of the kind is told at its line', () => {
    expect(problems(`${good}    page_size: 9000\n`)).toEqual([
      'vigie.yaml:11:16  sources[0].page_size: 9000: at most 4,999',
    ]);
  });

  test('freshness is given once or by table; another table is a mistake', () => {
    const one = parse(`${good}    max_age_days: 2\n`);
    expect(one.sources.flatMap(fedTables).map(({ maxAgeDays }) => maxAgeDays)).toEqual([2, 2, 2]);
    const each = parse(`${good}    max_age_days: { carts: null }\n`);
    expect(each.sources.flatMap(fedTables)).toEqual([
      { table: 'orders', maxAgeDays: undefined, daily: true },
      { table: 'order_lines', maxAgeDays: undefined, daily: true },
      { table: 'carts', maxAgeDays: null, daily: true },
    ]);
    expect(problems(`${good}    max_age_days: { cart: 1 }\n`)).toEqual([
      'vigie.yaml:11:21  sources[0].max_age_days.cart: the source does not fill a table of this name; did you mean `carts`?',
    ]);
  });

  test('its name may be that of no other source', () => {
    expect(problems(good + good.slice(good.indexOf('  - kind'))).join()).toContain('name of another source');
  });

  test('without kinds at hand, every source has to be of files', () => {
    expect(() => parseCompany(good, 'vigie.yaml', { tables })).toThrow('"shop" is not allowed');
  });
});

describe('the resolved company', () => {
  test('reads back as it was, without any kind at hand', () => {
    const company = parse(good);
    const read = readResolvedCompany(resolvedCompany(company));
    expect(read).toEqual(company);
    expect([...allFedTables(read.sources)]).toEqual(['orders', 'order_lines', 'carts']);
  });

  test('something else is refused', () => {
    expect(() => readResolvedCompany('{"company":{}}')).toThrow('cannot be read');
    expect(() => readResolvedCompany('kind: files')).toThrow('cannot be read');
  });
});
