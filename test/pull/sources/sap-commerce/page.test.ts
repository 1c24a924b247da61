import { describe, expect, test } from 'vitest';
import { entityNames } from '../../../../functions/pull/sources/sap-commerce/settings.ts';
import { source } from '../../../../functions/pull/sources/sap-commerce/source.ts';
import { sourceOf } from '../../api/world.ts';
import { openDesk } from '../../pulling.ts';
import { pageOfSource, undocumented } from '../page.ts';

const { text, sources } = pageOfSource('sap-commerce');
const [api, files] = sources;

describe('the page of SAP Commerce', () => {
  test('its example is valid, and fills what it says', () => {
    const { kind: _kind, ...keys } = api ?? {};
    expect(sourceOf(source, keys).delivers.map(({ table }) => table)).toEqual(['carts', 'cart_lines']);
  });

  test('names every setting, every entity and every attribute', () => {
    expect(undocumented(source, text)).toEqual([]);
    expect(entityNames.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
    const settings = source.settings.parse({ base_url: 'https://shop.example' }) as Record<string, object>;
    const attributes = ['cart', 'order', 'customer', 'product', 'stock'].flatMap((group) =>
      Object.keys(settings[group] ?? {}),
    );
    expect([...new Set(attributes)].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });

  test('its ImpEx has every attribute that carts and orders need by default', () => {
    const impex = /```impex\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
    const settings = source.settings.parse({ base_url: 'https://shop.example' }) as Record<
      string,
      Record<string, string | null>
    >;
    for (const [group, type] of [
      ['cart', 'Cart'],
      ['order', 'Order'],
    ] as const) {
      const paths = Object.entries(settings[group] ?? {}).flatMap(([, path]) =>
        path === null ? [] : [path.split('.')[0] ?? ''],
      );
      const missing = paths.filter(
        (name) => !new RegExp(`\\$io:(${type}|AbstractOrderEntry)\\s*;\\s*${name}\\s*;`).test(impex),
      );
      expect([group, missing]).toEqual([group, []]);
    }
  });

  test('its example of hot-folder files reads carts and their entries', async () => {
    const desk = await openDesk();
    await desk.drop(
      'exports/shop/carts_20261120.csv',
      'guid;visitSession;unit;creationtime;modifiedtime;orderDate;orderCode;entryCount\na-1;s-17;0000100042;20.11.2026 09:00:00;20.11.2026 09:12:33;;;1\n',
    );
    await desk.drop(
      'exports/shop/cart_entries_20261120.csv',
      'cart;entryNumber;settlesDate;addedDate;product;quantity;totalPrice;currency;stockStatus\na-1;0;2026-11-21;2026-11-20;10001;4;98.80;CHF;outOfStock\n',
    );
    const report = await desk.pull(files?.['feeds']);
    expect(report.problem).toBeUndefined();
    const [carts, entries] = report.batches;
    expect(await desk.rows(carts)).toMatchObject([{ cart_id: 'a-1', customer_id: '100042', item_count: 1 }]);
    expect(await desk.rows(entries)).toMatchObject([{ amount: '98.8000', out_of_stock: true }]);
  });
});
