import { describe, expect, test } from 'vitest';
import { source } from '../../../../functions/pull/sources/sap-s4/source.ts';
import { mapped } from '../mapped.ts';
import { v2 } from './documents.ts';

/** 2 November 2026, midnight UTC. */
const ENTERED = '/Date(1793577600000)/';
/** 10 November 2026, 10:00 UTC. */
const CHANGED = '/Date(1794304800000+0000)/';
/** 5 November 2026. */
const SIGNED = '/Date(1793836800000)/';

const item = (changes: object = {}) => ({
  ...{ SalesQuotationItem: '10', SalesQuotationItemCategory: 'AGN', AlternativeToItem: '000000' },
  ...{ NetAmount: '100.00', SalesDocumentRjcnReason: '', ...changes },
});

const quotation = (changes: object = {}, items: readonly object[] = [item()]) => ({
  ...{ SalesQuotation: '0020000001', SalesQuotationType: 'QT', SalesQuotationDate: ENTERED },
  ...{ SoldToParty: '100042', TransactionCurrency: 'EUR', LastChangeDateTime: CHANGED },
  ...{ OverallSDProcessStatus: 'A', OverallSDDocumentRejectionSts: 'A', SalesOffice: '', SalesGroup: '' },
  ...{ BindingPeriodValidityEndDate: null, to_Item: { results: items } },
  ...{ to_SubsequentProcFlowDoc: { results: [] }, ...changes },
});

const contract = (changes: object = {}) => ({
  ...{ SalesContract: '40000001', SalesContractType: 'CQ', SalesContractDate: ENTERED },
  ...{ SoldToParty: '100042', TransactionCurrency: 'EUR', LastChangeDateTime: null },
  ...{ OverallSDProcessStatus: 'A', OverallSDDocumentRejectionSts: 'A', SalesOffice: '', SalesGroup: '' },
  ...{ ReferenceSDDocumentCategory: '', SalesContractSignedDate: null },
  to_Item: {
    results: [
      {
        ...{ SalesContractItem: '10', SalesContractItemCategory: 'KMN', SalesDocumentRjcnReason: '' },
        ...{ NetAmount: '700.00', OutlineAgreementTargetAmount: '0.00' },
      },
    ],
  },
  ...changes,
});

const ofQuotation = (document: object, deals: object = {}, more: object = {}) =>
  mapped(source, { deals, ...more }, 'sales-quotations', v2(document));
const ofContract = (document: object, deals: object = {}, read = ['sales-contracts']) =>
  mapped(source, { deals, read }, 'sales-contracts', v2(document));

describe('a quotation', () => {
  test('without a property for its stage: one stage, from its date on', () => {
    const page = ofQuotation(quotation({ LastChangeDateTime: null }));
    expect(page.of('deals')).toMatchObject([
      { deal_id: '20000001', status: 'open', created_on: '2026-11-02', amount: '100', closed_on: null },
    ]);
    expect(page.of('stage_history')).toMatchObject([
      { stage_id: 'quotation', entered_at: '2026-11-01T23:00:00.000Z', basis: 'history' },
    ]);
  });

  test('open again after a rejection: seen in its stage at the change that opened it', () => {
    const rejected = ofQuotation(
      quotation({ OverallSDDocumentRejectionSts: 'C' }, [item({ SalesDocumentRjcnReason: '02' })]),
    );
    const opened = ofQuotation(quotation({ LastChangeDateTime: '/Date(1794391200000+0000)/' }));
    const history = [...rejected.of('stage_history'), ...opened.of('stage_history')];
    expect(history.map((row) => [row['stage_id'], row['entered_at']])).toEqual([
      ['quotation', '2026-11-01T23:00:00.000Z'],
      ['quotation lost', '2026-11-10T10:00:00.000Z'],
      ['quotation', '2026-11-01T23:00:00.000Z'],
      ['quotation', '2026-11-11T10:00:00.000Z'],
    ]);
    expect(opened.of('deals')[0]).toMatchObject({ status: 'open', closed_on: null, lost_reason: null });
  });

  test('ordered and rejected after: it was won', () => {
    const flow = [{ SubsequentDocumentCategory: 'C', CreationDate: SIGNED }];
    const document = quotation(
      { OverallSDDocumentRejectionSts: 'C', to_SubsequentProcFlowDoc: { results: flow } },
      [item({ SalesDocumentRjcnReason: '02' })],
    );
    expect(ofQuotation(document).of('deals')[0]).toMatchObject({ status: 'won', closed_on: '2026-11-05' });
  });

  test('followed by another quotation or a delivery alone: open', () => {
    const flow = ['B', 'J'].map((category) => ({
      SubsequentDocumentCategory: category,
      CreationDate: SIGNED,
    }));
    const page = ofQuotation(quotation({ to_SubsequentProcFlowDoc: { results: flow } }));
    expect(page.of('deals')[0]).toMatchObject({ status: 'open' });
  });

  test('completed, where the flow is not asked for: won at its last change', () => {
    const { to_SubsequentProcFlowDoc: _, ...document } = quotation({ OverallSDProcessStatus: 'C' });
    const page = ofQuotation(document, { document_flow: false });
    expect(page.of('deals')[0]).toMatchObject({ status: 'won', closed_on: '2026-11-10' });
    expect(page.of('stage_history').at(-1)).toMatchObject({ stage_id: 'quotation won', basis: 'seen' });
  });

  test('the flow that was not expanded rejects it by its name', () => {
    const { to_SubsequentProcFlowDoc: _, ...document } = quotation();
    expect(ofQuotation(document).rejected[0]?.field).toBe('to_SubsequentProcFlowDoc');
  });

  test('its validity ended, and the company does not mind: open', () => {
    const document = quotation({ BindingPeriodValidityEndDate: SIGNED });
    expect(ofQuotation(document).of('deals')[0]).toMatchObject({ status: 'lost', closed_on: '2026-11-06' });
    expect(ofQuotation(document, { expires: false }).of('deals')[0]).toMatchObject({ status: 'open' });
  });

  test('words come in the logon language, and the company’s own first', () => {
    const document = quotation({ BindingPeriodValidityEndDate: SIGNED });
    const page = ofQuotation(document, { names: { lost: 'Perdue' } }, { language: 'FR' });
    expect(page.of('stages').map((row) => row['name'])).toEqual(['Offre', 'Perdue']);
    expect(page.of('deals')[0]).toMatchObject({ pipeline: 'Offre', lost_reason: 'Validité échue' });
  });

  test('contribution: net less cost; unknown where one item has none', () => {
    const cost = (amount: string) => ({
      results: [
        {
          ...{ ConditionType: 'VPRS', ConditionAmount: amount, TransactionCurrency: 'EUR' },
          ConditionInactiveReason: '',
        },
      ],
    });
    const items = [item({ to_PricingElement: cost('60.00') }), item({ to_PricingElement: cost('90.00') })];
    const more = { conditions: { cost_amount: ['VPRS'] } };
    expect(ofQuotation(quotation({}, items), {}, more).of('deals')[0]).toMatchObject({
      ...{ amount: '200', contribution: '50' },
    });
    const without = [items[0] ?? {}, item({ to_PricingElement: { results: [] } })];
    expect(ofQuotation(quotation({}, without), {}, more).of('deals')[0]).toMatchObject({
      contribution: null,
    });
  });

  test('without items: worth nobody knows what, and not nothing', () => {
    expect(ofQuotation(quotation({}, [])).of('deals')[0]).toMatchObject({ amount: null, status: 'open' });
  });
});

describe('a contract', () => {
  test('is won by being written, and was never open', () => {
    const page = ofContract(contract());
    expect(page.of('deals')).toMatchObject([{ status: 'won', closed_on: '2026-11-02', amount: '700' }]);
    expect(page.of('stage_history').map((row) => row['stage_id'])).toEqual(['contract won']);
  });

  test.each([
    ['not signed', null, 'open', null],
    ['signed', SIGNED, 'won', '2026-11-05'],
    // 1 December 2026, after the day that is read.
    ['to be signed', '/Date(1796083200000)/', 'open', null],
  ])('%s, where the signature counts', (_, SalesContractSignedDate, status, closed) => {
    const page = ofContract(contract({ SalesContractSignedDate }), { contracts_are_won: 'signature' });
    expect(page.of('deals')).toMatchObject([{ status, closed_on: closed }]);
    expect(page.of('stage_history')[0]).toMatchObject({ stage_id: 'contract', basis: 'history' });
  });

  test('of a quotation: that deal, where quotations are read', () => {
    const document = contract({ ReferenceSDDocumentCategory: 'B' });
    expect(ofContract(document).of('deals')).toHaveLength(1);
    const both = ofContract(document, {}, ['sales-quotations', 'sales-contracts']);
    expect(both.skipped).toEqual(['contract of a quotation']);
  });
});
