import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { Wanted } from '../../../../functions/pull/sources/hubspot/client.ts';
import { contactWanted, dealWanted } from '../../../../functions/pull/sources/hubspot/properties.ts';
import { type Settings, settings } from '../../../../functions/pull/sources/hubspot/settings.ts';
import { source } from '../../../../functions/pull/sources/hubspot/source.ts';
import { runs } from '../../../kit/runs.ts';
import { hasRecordings, mapped, recording, recordingText, refusals } from '../mapped.ts';

const keys = { base_url: 'https://api.hubapi.example' };
/** HubSpot gives every property that is asked for, null where nothing is in it. */
const asked = (wanted: (chosen: Settings) => Wanted): object =>
  Object.fromEntries(wanted(settings.parse(keys)).properties.map((name) => [name, null]));

type Version = { value: string; timestamp: string };

const contact = (life: readonly Version[], statuses: readonly Version[], more: object = {}) => ({
  id: '1',
  properties: {
    ...{ ...asked(contactWanted), createdate: '2026-10-01T08:00:00Z' },
    ...{ lifecyclestage: life.at(0)?.value ?? null, ...more },
  },
  propertiesWithHistory: { lifecyclestage: life, hs_lead_status: statuses },
  company: null,
});
const contacts = (record: object, more: object = {}) =>
  mapped(source, { ...keys, read: ['contacts'], ...more }, 'contacts', { results: [record] });
const deal = (more: object, histories: object = {}) => ({
  id: '7',
  properties: {
    ...asked(dealWanted),
    ...{ createdate: '2026-10-01T08:00:00Z', dealstage: 'demo', hs_is_closed: 'false', pipeline: 'default' },
    ...more,
  },
  propertiesWithHistory: histories,
  ...{ contact_ids: [], company: null },
});
const deals = (...records: object[]) =>
  mapped(source, { ...keys, read: ['deals'] }, 'deals', { results: records });
const at = (hour: number): string => new Date(Date.UTC(2026, 9, 1, hour)).toISOString();

describe('a contact', () => {
  test('is in one place at a time, whatever order its versions come in', () => {
    const version = (values: readonly string[]) =>
      fc.array(fc.record({ value: fc.constantFrom(...values), timestamp: fc.nat(200).map(at) }), {
        maxLength: 12,
      });
    const life = version(['subscriber', 'lead', 'marketingqualifiedlead', 'customer', '']);
    const statuses = version(['OPEN', 'UNQUALIFIED', '']);
    fc.assert(
      fc.property(life, statuses, (stages, status) => {
        const { rejected, skipped, of } = contacts(contact(stages, status));
        expect(rejected).toEqual([]);
        const stays = of('stage_history');
        const isLead = stages.some(({ value }) => !['subscriber', ''].includes(value));
        expect(stays.length > 0).toBe(isLead);
        expect(skipped.length === 0).toBe(isLead);
        for (const [index, stay] of stays.entries()) {
          const next = stays[index + 1];
          if (!next) continue;
          expect(next['stage_id']).not.toBe(stay['stage_id']);
          expect(String(stay['entered_at']) <= String(next['entered_at'])).toBe(true);
        }
        const [lead] = of('leads');
        if (lead)
          expect(lead['status'] === 'lost').toBe(stays.at(-1)?.['stage_id'] === 'lead_status:UNQUALIFIED');
      }),
      { numRuns: runs(200) },
    );
  });

  test('whose seniority nobody has listed is rejected with property and value', () => {
    const life = [{ value: 'lead', timestamp: at(1) }];
    const { rejected } = contacts(contact(life, [], { hs_seniority: 'grand' }), {
      contact: { contact_seniority: 'hs_seniority' },
    });
    expect(rejected[0]).toMatchObject({ field: 'properties.hs_seniority', value: 'grand' });
  });
});

describe('a deal', () => {
  test('that HubSpot does not call open or closed is rejected, not guessed', () => {
    expect(deals(deal({ hs_is_closed: null })).rejected[0]?.field).toBe('properties.hs_is_closed');
  });

  test('re-opened has no day of closing, and keeps what it went through', () => {
    const dealstage = [
      { value: 'demo', timestamp: at(5) },
      { value: 'closedlost', timestamp: at(4) },
      { value: 'demo', timestamp: at(1) },
    ];
    const { of } = deals(deal({ closedate: '2026-12-24T10:00:00Z' }, { dealstage }));
    expect(of('deals')[0]).toMatchObject({ status: 'open', closed_on: null, expected_on: '2026-12-24' });
    expect(of('stage_history').map((row) => row['stage_id'])).toEqual(['demo', 'closedlost', 'demo']);
  });

  test('with an amount of a dozen digits keeps them all', () => {
    const { of } = deals(deal({ amount: '123456789012.3456' }));
    expect(of('deals')[0]).toMatchObject({ amount: '123456789012.3456', currency: 'EUR' });
  });
});

describe.runIf(hasRecordings)('what HubSpot and a connector have really given', () => {
  test('deals as they come, with what else is asked for', () => {
    const { results } = recording('crm/hubspot_mock_deals_data.json') as {
      results: { properties: object }[];
    };
    const found = deals(
      ...results.map((each) => ({
        ...each,
        properties: { ...asked(dealWanted), ...each.properties, hs_is_closed: 'false' },
        ...{ propertiesWithHistory: {}, contact_ids: [] },
      })),
    );
    expect(found.rejected).toEqual([]);
    expect(found.of('deals').map(({ deal_id, amount }) => [deal_id, amount])).toEqual([
      ['6744192456', '500'],
      ['6744457152', '3233'],
    ]);
    expect(found.rows.flatMap(({ table, row }) => refusals(table, row))).toEqual([]);
  });

  test('contacts with history: neither name nor address becomes a row', () => {
    const { results } = recording('crm/hubspot_mock_contacts_with_history.json') as {
      results: { properties: object }[];
    };
    const stage = [{ value: 'lead', timestamp: '2023-06-28T13:55:47.558Z', sourceType: 'CONTACTS_WEB' }];
    const all = results.map((each) => ({
      ...each,
      properties: { ...asked(contactWanted), ...each.properties, lifecyclestage: 'lead' },
      propertiesWithHistory: { lifecyclestage: stage },
      company: null,
    }));
    const found = mapped(source, { ...keys, read: ['contacts'] }, 'contacts', { results: all });
    expect(found.rejected).toEqual([]);
    expect(found.of('leads')[0]).toMatchObject({
      created_on: '2023-06-28',
      channel: 'Offline',
      status: 'open',
    });
    expect(JSON.stringify(found.rows)).not.toMatch(/maria|johnson|@/i);
  });

  test('14 entries into stages, each of a deal of its own', () => {
    const rows = Papa.parse<Record<string, string>>(
      recordingText('crm/hubspot_fivetran/deal_stage_data.csv').trim(),
      {
        header: true,
      },
    ).data;
    const all = rows.map((row) => {
      const [day = '', hour = ''] = row['date_entered']?.split(' ') ?? [];
      const timestamp = `${day}T${hour.padStart(8, '0')}Z`;
      return { ...deal({}, { dealstage: [{ value: row['value'], timestamp }] }), id: row['deal_id'] };
    });
    const found = deals(...all);
    expect(found.rejected).toEqual([]);
    expect(found.of('stage_history')).toHaveLength(14);
    expect(found.rows.flatMap(({ table, row }) => refusals(table, row))).toEqual([]);
  });
});
