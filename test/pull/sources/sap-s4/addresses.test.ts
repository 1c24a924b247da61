import { afterEach, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/sap-s4/source.ts';
import { fakeWeb } from '../../api/web.ts';
import { type ApiWorld, apiWorld, sourceOf } from '../../api/world.ts';

let world: ApiWorld | undefined;
afterEach(() => world?.close());

test('an address that SAP gives a second time, cut and in capitals, is kept nowhere', async () => {
  const email = {
    ...{ EmailAddress: 'jean.dupont@brueckner.example', IsDefaultEmailAddress: true },
    SearchEmailAddress: 'JEAN.DUPONT@BRUECKNE',
  };
  const partner = {
    ...{ BusinessPartner: '1', Customer: '1', BusinessPartnerFullName: 'Brückner' },
    CreationDate: '/Date(1767225600000)/',
    to_BusinessPartnerAddress: { results: [{ Country: 'DE', to_EmailAddress: { results: [email] } }] },
    to_Customer: {
      CreationDate: '/Date(1767225600000)/',
      Industry: '',
      to_CustomerSalesArea: { results: [] },
    },
  };
  const web = fakeWeb(() => ({ body: { d: { __count: '1', results: [partner] } } }));
  world = apiWorld(web.http, { 'sap-s4': JSON.stringify({ user: 'u', password: 'p' }) });
  const keys = { base_url: 'https://sap.example', read: ['customers'], select: false };
  const report = await world.pull(source, sourceOf(source, keys));
  expect(report).toMatchObject({ status: 'ok', batches: [{ rows: 1, rejected: 0 }] });
  for (const [key, text] of world.stored()) expect(`${key} ${text}`).not.toMatch(/dupont/i);
});
