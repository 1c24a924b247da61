import { describe, expect, test } from 'vitest';
import { entityNames } from '../../../../functions/pull/sources/sap-s4/settings.ts';
import { source } from '../../../../functions/pull/sources/sap-s4/source.ts';
import { sourceOf } from '../../api/world.ts';
import { openDesk } from '../../pulling.ts';
import { pageOfSource, undocumented } from '../page.ts';

const { text, sources } = pageOfSource('sap-s4');
const [api, files] = sources;

describe('the page of SAP S/4HANA', () => {
  test('its example is valid, and fills what it says', () => {
    const { kind: _kind, ...keys } = api ?? {};
    expect(sourceOf(source, keys).delivers.map(({ table }) => table)).toEqual([
      ...['orders', 'order_lines', 'customers', 'products'],
    ]);
  });

  test('names every setting and every entity', () => {
    expect(undocumented(source, text)).toEqual([]);
    expect(entityNames.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test('its example of files reads rates', async () => {
    const desk = await openDesk();
    await desk.drop(
      'exports/sap/TCURR.csv',
      'KURST;FCURR;TCURR;GDATU;UKURS\nM;CHF;EUR;20261120;1,0721\nM;EUR;CHF;20261120;0,9327\n',
    );
    const report = await desk.pull(files?.['feeds']);
    expect(await desk.rows(report.batches[0])).toMatchObject([
      { currency: 'CHF', rated_on: '2026-11-20', rate: '1.07210000' },
    ]);
  });
});
