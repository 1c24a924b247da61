import { describe, expect, test } from 'vitest';
import { dealSettings } from '../../../../functions/pull/sources/sap-s4/deal-settings.ts';
import { entityNames } from '../../../../functions/pull/sources/sap-s4/settings.ts';
import { source } from '../../../../functions/pull/sources/sap-s4/source.ts';
import { sourceOf } from '../../api/world.ts';
import { openDesk } from '../../pulling.ts';
import { pageOfSource, undocumented } from '../page.ts';

const { text, sources } = pageOfSource('sap-s4');
const [api, quotations, files] = sources;

describe('the page of SAP S/4HANA', () => {
  test('its example is valid, and fills what it says', () => {
    const { kind: _kind, ...keys } = api ?? {};
    expect(sourceOf(source, keys).delivers.map(({ table }) => table)).toEqual([
      ...['orders', 'order_lines', 'customers', 'products'],
    ]);
  });

  test('its example of quotations is valid, and every key of theirs has a row', () => {
    const { kind: _kind, ...keys } = quotations ?? {};
    expect(sourceOf(source, keys).delivers.map(({ table }) => table)).toEqual(
      expect.arrayContaining(['deals', 'stages', 'stage_history', 'deal_competitors']),
    );
    const shape = Object.keys(dealSettings.parse({}));
    expect(shape.filter((key) => !text.includes(`\`${key}\``))).toEqual([]);
  });

  test('names every setting and every entity', () => {
    expect(undocumented(source, text)).toEqual([]);
    expect(entityNames.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test('its example of files reads TCURR as SAP stores it', async () => {
    const desk = await openDesk();
    await desk.drop(
      'exports/sap/TCURR.csv',
      [
        'MANDT;KURST;FCURR;TCURR;GDATU;UKURS;FFACT;TFACT',
        '100;M;CHF;EUR;79738879;1,07210;1;1',
        '100;B;CHF;EUR;79738879;1,09000;1;1',
        '100;M;EUR;CHF;79738879;0,93270;1;1',
        '100;M;USD;EUR;79738879;1,25000-;1;1',
        '100;M;JPY;EUR;79738879;0,61000;100;1',
        '100;M;HUF;EUR;79738880;4,00000-;100;1',
      ].join('\n'),
    );
    const report = await desk.pull(files?.['feeds']);
    expect(await desk.rows(report.batches[0])).toMatchObject([
      { currency: 'CHF', rated_on: '2026-11-20', rate: '1.072100000000' },
      { currency: 'USD', rated_on: '2026-11-20', rate: '0.800000000000' },
      { currency: 'JPY', rated_on: '2026-11-20', rate: '0.006100000000' },
      { currency: 'HUF', rated_on: '2026-11-19', rate: '0.002500000000' },
    ]);
  });
});
