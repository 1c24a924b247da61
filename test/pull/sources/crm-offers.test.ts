import { describe, expect, test } from 'vitest';
import { trySource } from '../../../functions/pull/api/try-source.ts';
import { definitionOf } from '../../../functions/pull/source-kinds.ts';
import { offersFor, scoreUses } from '../../../functions/pull/sources/crm/offers.ts';
import type { CrmKind } from '../../../sandbox/companies/saas/crm-kinds.ts';
import { serveVendors } from '../../../sandbox/vendors/serve.ts';
import { smallCrms } from '../../chaos/crm.ts';
import { tables } from '../../kit/tables.ts';
import { fetchWithoutPause } from '../api/web.ts';
import { apiWorld, sourceOf, testCompany } from '../api/world.ts';

const ENDS_ON = '2026-10-30';
const NOW = '2026-10-31T05:00:00Z';

/** What the software company added to each CRM, by the setting that names it; all of it is offered to who has named nothing. */
const WANTED: Readonly<Record<CrmKind, Readonly<Record<string, string>>>> = {
  hubspot: {
    'deal.competitor': 'main_competitor (Competitor)',
    'deal.contribution': 'margin (Margin)',
    'company.customer_id': 'customer_number (Customer number)',
    'contact.lost_reason': 'lead_lost_reason (Reason lost)',
    'contact.engagement_count': 'marketing_engagements (Answers to marketing)',
    'contact.yearly_potential': 'yearly_potential (Yearly potential)',
    'contact.buys_within_days': 'buys_within_days (Buys within (days))',
    'contact.has_budget': 'bant_budget (Budget)',
    'contact.has_authority': 'bant_authority (Authority)',
    'contact.has_need': 'bant_need (Need)',
    'contact.has_timing': 'bant_timing (Timing)',
    'contact.contact_role': 'hs_role (Employment Role)',
    'contact.contact_seniority': 'hs_seniority (Employment Seniority)',
  },
  salesforce: {
    'deal.lost_reason': 'Reason_Lost__c (Reason Lost)',
    'deal.contribution': 'Margin__c (Margin)',
    'account.customer_id': 'Customer_Number__c (Customer Number)',
    'lead.lost_reason': 'Reason_Lost__c (Reason Lost)',
    'lead.contact_role': 'Function__c (Function)',
    'lead.engagement_count': 'Answers__c (Answers)',
    'lead.yearly_potential': 'Yearly_Potential__c (Yearly Potential)',
    'lead.buys_within_days': 'Buys_Within_Days__c (Buys Within Days)',
    'lead.has_budget': 'Has_Budget__c (Has Budget)',
    'lead.has_authority': 'Has_Authority__c (Has Authority)',
    'lead.has_need': 'Has_Need__c (Has Need)',
    'lead.has_timing': 'Has_Timing__c (Has Timing)',
  },
  'dynamics-sales': {
    'opportunity.lost_reason': 'new_reasonlost (reasonlost)',
    'opportunity.contribution': 'new_margin (margin)',
    'opportunity.channel': 'new_channel (channel)',
    'lead.lost_reason': 'new_reasonlost (reasonlost)',
    'lead.contact_role': 'new_function (function)',
    'lead.engagement_count': 'new_answers (answers)',
    'lead.yearly_potential': 'new_yearlypotential (yearlypotential)',
    'lead.buys_within_days': 'new_buyswithin (buyswithin)',
    'lead.mql_on': 'new_mqlon (mqlon)',
    'lead.sql_on': 'new_sqlon (sqlon)',
    'lead.has_budget': 'new_budget (budget)',
    'lead.has_authority': 'new_authority (authority)',
    'lead.has_need': 'new_need (need)',
    'lead.has_timing': 'new_timing (timing)',
  },
};
/** Keys that hold what the company chose. */
const CHOSEN = ['contact', 'deal', 'company', 'lead', 'opportunity', 'account'];

/** What `vigie try` says beside the records of a CRM; `chosen`: with what the company has named. */
async function offersOf(kind: CrmKind, chosen: boolean): Promise<readonly string[]> {
  const crm = smallCrms({ endsOn: ENDS_ON, now: () => new Date(NOW) }).find((each) => each.kind === kind);
  if (!crm) throw new Error(`there is no ${kind}`);
  const vendor = crm.vendor();
  const served = await serveVendors([vendor], { firstPort: 0 });
  const { kind: _, name: __, ...keys } = crm.entry(served.vendors[0]?.origin ?? '');
  const named = Object.entries(keys).filter(([key]) => chosen || !CHOSEN.includes(key));
  const definition = await definitionOf(kind);
  const source = sourceOf(definition, Object.fromEntries(named));
  const world = apiWorld(fetchWithoutPause(), { [kind]: JSON.stringify(vendor.secret) });
  world.setNow(NOW);
  try {
    const input = { source, company: testCompany, tables, asOf: ENDS_ON, limit: 1 };
    const { notes, entities } = await trySource(world.platform, input, definition);
    expect(entities.flatMap(({ problem }) => problem ?? [])).toEqual([]);
    return notes;
  } finally {
    await world.close();
    await served.close();
  }
}

describe.each(['hubspot', 'salesforce', 'dynamics-sales'] as const)('vigie try of %s', (kind) => {
  test('offers what the company added for competitors, reasons and the score, to who has named none of it', async () => {
    const notes = await offersOf(kind, false);
    const offered = new Map(
      notes.flatMap((note) => {
        const [, key = '', names = ''] = /^(\S+) is not set; it might be (.*)$/.exec(note) ?? [];
        return key === '' ? [] : [[key, names]];
      }),
    );
    expect(Object.fromEntries(offered)).toEqual(WANTED[kind]);
  });

  test('says nothing where all of it is named', async () => {
    expect((await offersOf(kind, true)).filter((note) => note.includes('is not set'))).toEqual([]);
  });
});

describe('fields for the score', () => {
  const offered = (name: string, label: string, own = true): string[] =>
    offersFor(scoreUses('lead'), [{ name, label, own }], new Set()).map((offer) => offer.split(' ')[0] ?? '');

  test.each([
    ['fonction_contact', 'Fonction du contact', 'lead.contact_role'],
    ['Reponses__c', 'Réponses aux campagnes', 'lead.engagement_count'],
    ['lead_score', 'Score', 'lead.engagement_count'],
    ['potentiel', 'Potentiel annuel', 'lead.yearly_potential'],
    ['delai_achat', 'Délai d’achat', 'lead.buys_within_days'],
    ['budget_ok', 'Budget', 'lead.has_budget'],
    ['decideur', 'Décideur', 'lead.has_authority'],
    ['HasNeed__c', 'HasNeed', 'lead.has_need'],
    ['besoin', 'Besoin', 'lead.has_need'],
    ['echeance', 'Échéance', 'lead.has_timing'],
  ])('%s (%s) is offered for %s', (name, label, key) => {
    expect(offered(name, label)).toEqual([key]);
  });

  test('are not those that the CRM has anyway, nor what only sounds alike', () => {
    expect(offered('hs_time_to_first_engagement', 'Time To First Engagement', false)).toEqual([]);
    expect(offered('hubspotscore', 'HubSpot Score', false)).toEqual([]);
    expect(offered('kneading', 'Kneading machine')).toEqual([]);
    expect(offered('unanswered', 'Unanswered')).toEqual([]);
  });
});
