import { describe, expect, test } from 'vitest';
import {
  expansionsFor,
  odataAddress,
  odataDateTime,
  odataDay,
  odataInstant,
  odataText,
} from '../../../../functions/pull/api/odata/query.ts';

const base = { path: '/srv/A_SalesOrder', pageSize: 50 } as const;

describe('a question in OData', () => {
  test('V2 expands and selects by paths, and sends spaces as %20', () => {
    const address = odataAddress(
      {
        ...{ ...base, protocol: 'v2', filter: "SalesOrder eq 'a b'", orderby: 'SalesOrder' },
        select: ['SalesOrder'],
        expand: [
          { name: 'to_Item', select: ['Material'], expand: [{ name: 'to_PricingElement' }] },
          { name: 'to_Partner' },
        ],
        parameters: { 'sap-client': '100', 'sap-language': undefined },
      },
      100,
    );
    expect(address).toBe(
      "/srv/A_SalesOrder?$filter=SalesOrder%20eq%20'a%20b'&$select=SalesOrder%2Cto_Item%2FMaterial%2Cto_Item%2Fto_PricingElement%2Cto_Partner&$expand=to_Item%2Fto_PricingElement%2Cto_Partner&$orderby=SalesOrder&$top=50&$skip=100&$format=json&sap-client=100",
    );
  });

  test('V4 puts what is wanted of a navigation into brackets', () => {
    const expand = [
      { name: '_Item', select: ['Product', 'NetAmount'], expand: [{ name: '_Partner' }] },
      { name: '_Text' },
    ];
    const address = odataAddress({ ...base, protocol: 'v4', select: ['SalesOrder'], expand }, 0);
    expect(decodeURIComponent(address)).toBe(
      '/srv/A_SalesOrder?$select=SalesOrder&$expand=_Item($select=Product,NetAmount;$expand=_Partner),_Text&$top=50',
    );
  });

  test('literals', () => {
    expect(odataText("O'Connell")).toBe("'O''Connell'");
    expect([odataDay('2026-11-20', 'v2'), odataDay('2026-11-20', 'v4')]).toEqual([
      "datetime'2026-11-20T00:00:00'",
      '2026-11-20',
    ]);
    const instant = '2026-11-20T06:15:47.999+01:00';
    expect([odataInstant(instant, 'v2'), odataInstant(instant, 'v4'), odataDateTime(instant)]).toEqual([
      "datetimeoffset'2026-11-20T05:15:47Z'",
      '2026-11-20T05:15:47Z',
      "datetime'2026-11-20T05:15:47'",
    ]);
  });

  test('paths become navigations, each once', () => {
    expect(
      expansionsFor([
        'code',
        null,
        'unit.uid',
        'entries.quantity',
        'entries.product.code',
        'entries.product.name',
      ]),
    ).toEqual([
      { name: 'unit', expand: [] },
      { name: 'entries', expand: [{ name: 'product', expand: [] }] },
    ]);
  });
});
