import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { fieldsWanted } from '../../../../functions/pull/sources/salesforce/fields.ts';
import { settings } from '../../../../functions/pull/sources/salesforce/settings.ts';
import { source } from '../../../../functions/pull/sources/salesforce/source.ts';
import { runs } from '../../../kit/runs.ts';
import { hasRecordings, mapped, recordingText, refusals } from '../mapped.ts';

const keys = { base_url: 'https://acme.my.salesforce.com' };
const ID = '00Q000000000001AAA';
const at = (hour: number): string => new Date(Date.UTC(2026, 9, 1, hour)).toISOString().replace('Z', '+0000');

/** Salesforce gives every field that is asked for, null where nothing is in it. */
const asked = (object: 'Lead' | 'Opportunity'): object => ({
  ...Object.fromEntries(fieldsWanted(object, settings.parse(keys)).map((name) => [name, null])),
  ...(object === 'Lead' ? { ConvertedOpportunity: null } : { Account: null }),
});

const lead = (more: object = {}) => ({
  ...asked('Lead'),
  ...{
    Id: ID,
    CreatedDate: at(0),
    SystemModstamp: at(500),
    IsDeleted: false,
    Status: 'New',
    IsConverted: false,
  },
  ...more,
});
const leads = (record: object, more: object = {}) =>
  mapped(source, { ...keys, read: ['leads'], ...more }, 'leads', { records: [record] });
const deal = (more: object = {}) => ({
  ...asked('Opportunity'),
  ...{
    Id: '006000000000001AAA',
    CreatedDate: at(0),
    SystemModstamp: at(500),
    IsDeleted: false,
    StageName: 'Demo',
  },
  ...{ CloseDate: '2026-12-24', IsClosed: false, IsWon: false },
  ...more,
});
const deals = (record: object, more: object = {}, slice = {}) =>
  mapped(
    source,
    { ...keys, read: ['opportunities'], ...more },
    'opportunities',
    { records: [record] },
    { slice },
  );

describe('a lead', () => {
  test('is in one status at a time and ends in the one that it has, whatever its history holds', () => {
    const names = ['New', 'Contacted', 'Qualified', 'Unqualified'];
    const change = fc.record({
      CreatedDate: fc.nat(400).map(at),
      OldValue: fc.constantFrom(...names, null),
      NewValue: fc.constantFrom(...names, null),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 10 }), fc.constantFrom(...names), (changes, Status) => {
        const found = leads(lead({ Status, Histories: changes }));
        expect(found.rejected).toEqual([]);
        const stays = found.of('stage_history');
        expect(stays.at(-1)?.['stage_id']).toBe(`lead:${Status}`);
        for (const [index, stay] of stays.slice(1).entries()) {
          expect(stay['stage_id']).not.toBe(stays[index]?.['stage_id']);
          expect(String(stays[index]?.['entered_at']) <= String(stay['entered_at'])).toBe(true);
        }
        expect(found.of('leads')[0]?.['status']).toBe(Status === 'Unqualified' ? 'lost' : 'open');
      }),
      { numRuns: runs(200) },
    );
  });

  test('without tracked history is where it is seen, not where it was', () => {
    const { of: rows } = leads(lead({ Histories: [] }), { lead_history: 'none' });
    expect(rows('stage_history')).toMatchObject([
      { stage_id: 'lead:New', basis: 'seen', entered_at: '2026-10-21T20:00:00.000Z' },
    ]);
  });

  test('in a status that is only seen was qualified nobody knows when: the day of its last change is not that', () => {
    const statuses = { mql: ['Contacted'], sql: ['Qualified'], lost: [] };
    for (const Status of ['Contacted', 'Qualified']) {
      const untracked = leads(lead({ Status, Histories: [] }), { lead_history: 'none', statuses });
      expect(untracked.of('leads')).toMatchObject([{ mql_on: null, sql_on: null }]);
      const row = { CreatedDate: '2026-10-21T10:00:00.000Z', OldValue: 'New', NewValue: Status };
      const tracked = leads(lead({ Status, Histories: [row] }), { statuses });
      const day = Status === 'Contacted' ? { mql_on: '2026-10-21' } : { sql_on: '2026-10-21' };
      expect(tracked.of('leads')).toMatchObject([day]);
    }
  });

  test('that was converted without an opportunity stays open, qualified by sales', () => {
    const { of: rows } = leads(lead({ IsConverted: true, ConvertedDate: '2026-10-20', Histories: [] }));
    expect(rows('leads')).toMatchObject([{ status: 'open', sql_on: '2026-10-20', won_on: null }]);
  });
});

describe('an opportunity', () => {
  test('of an org with one currency has that of the settings, else the reporting currency', () => {
    expect(deals(deal({ OpportunityHistories: [] })).of('deals')[0]).toMatchObject({ currency: 'EUR' });
    expect(deals(deal({ OpportunityHistories: [] }), { currency: 'CHF' }).of('deals')[0]).toMatchObject({
      currency: 'CHF',
    });
  });

  test('re-opened has no day of closing, and keeps what it went through under the names of today', () => {
    const rows = [
      { CreatedDate: at(1), StageName: 'Old demo', Amount: 1e7 },
      { CreatedDate: at(2), StageName: 'Closed Lost', Amount: 1e7 },
      { CreatedDate: at(3), StageName: 'Demo', Amount: 0.1 },
    ];
    const found = deals(deal({ OpportunityHistories: rows }), { renamed: { 'Old demo': 'Demo' } });
    expect(found.of('deals')[0]).toMatchObject({
      status: 'open',
      closed_on: null,
      expected_on: '2026-12-24',
    });
    expect(found.of('stage_history').map((row) => row['stage_id'])).toEqual(['Demo', 'Closed Lost', 'Demo']);
    expect(found.of('deal_amounts').map((row) => row['amount'])).toEqual(['10000000', '0.1']);
  });

  test('whose competitor was taken off empties what was read before', () => {
    const own = { deal: { competitor: 'Rival__c' } };
    const record = deal({ OpportunityHistories: [], Rival__c: null });
    expect(deals(record, own, { since: at(1) }).empties).toHaveLength(1);
    expect(deals(record, own).empties).toEqual([]);
    expect(
      deals(deal({ OpportunityHistories: [], Rival__c: 'Alpha;Beta; Alpha' }), own).of('deal_competitors'),
    ).toHaveLength(2);
  });
});

describe.runIf(hasRecordings)('what a connector has stored of real orgs', () => {
  const PASCAL = /(^|_)([a-z])/g;
  const rowsOf = (name: string) =>
    Papa.parse<Record<string, string>>(recordingText(`crm/salesforce_fivetran/${name}`).trim(), {
      header: true,
    }).data;
  const pascal = (row: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(row).map(([name, text]) => [
        name.replace(PASCAL, (_, __, letter: string) => letter.toUpperCase()),
        text === '' ? null : text,
      ]),
    );

  test('a converted lead', () => {
    const [row] = rowsOf('sf_lead_data.csv');
    const found = leads({
      ...asked('Lead'),
      ...pascal(row ?? {}),
      IsDeleted: false,
      IsConverted: true,
      Histories: [],
    });
    expect(found.rejected).toEqual([]);
    expect(found.of('leads')).toMatchObject([
      {
        lead_id: '00Q1G00000nDnM5UAK',
        created_on: '2019-11-11',
        sql_on: '2019-11-11',
        industry: 'Internet Software & Services',
        status: 'open',
      },
    ]);
    expect(found.rows.flatMap(({ table, row: each }) => refusals(table, each))).toEqual([]);
  });

  test('ten opportunities, all in the recycle bin', () => {
    const found = rowsOf('sf_opportunity_history_data.csv').map((row) => {
      const record = {
        ...asked('Opportunity'),
        ...pascal(row),
        SystemModstamp: row['created_date'],
        IsDeleted: true,
        OpportunityHistories: [],
      };
      return deals(record);
    });
    expect(found.flatMap(({ rejected }) => rejected)).toEqual([]);
    const rows = found.flatMap((each) => each.of('deals'));
    expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 'deleted'));
    expect(rows.map(({ amount }) => Number(amount ?? 0)).reduce((a, b) => a + b, 0)).toBe(24_530_001);
    expect(found.flatMap(({ rows: all }) => all.flatMap(({ table, row }) => refusals(table, row)))).toEqual(
      [],
    );
  });
});
