import { completeRows, type Given } from '../../authoring/cases/given-rows.ts';
import { withInlineTables } from '../../authoring/cases/inline-tables.ts';
import { type Catalogue, loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { List } from '../../functions/lake/catalogue/list.ts';
import { companySchema } from '../../functions/lake/company/company.ts';
import type { ListEntry } from '../../functions/lake/snapshot/list-entries.ts';
import { queryEntries } from '../../functions/measure/lists.ts';
import type { Engine } from '../../functions/platform/engine.ts';

const AS_OF = '2026-11-21';

/** Any company: of it a list needs the calendar and the currency. */
export const anyCompany = companySchema.parse({
  company: { name: 'Any', time_zone: 'Europe/Paris', currency: 'EUR' },
  sources: [{ kind: 'files', name: 'crm', feeds: [{ table: 'leads', path: 'l.csv', columns: {} }] }],
});

/** A list of 21 November 2026, made of these rows alone on an engine. */
export async function listOf(
  engine: Engine,
  id: string,
  given: Given,
  catalogue: Catalogue = loadCatalogue(),
): Promise<ListEntry[]> {
  const { tables, lists } = catalogue;
  const list = lists.find((each) => each.id === id) as List;
  const context = { tables, currency: 'EUR', timeZone: 'Europe/Paris', asOf: AS_OF };
  const inline = withInlineTables(engine, completeRows(given, context), tables);
  const { rows, at_least } = list;
  return queryEntries(inline, { catalogue, company: anyCompany.company }, list, {
    asOf: AS_OF,
    rows,
    at_least,
  });
}

const lead = (lead_id: string, more: Given[string][number]) => ({
  lead_id,
  created_on: '2026-11-01',
  status: 'open',
  ...more,
});

/** Leads of every awkward kind. */
export const leadsGiven: Given = {
  customers: [{ customer_id: 'C1', region: 'north', industry: 'food' }],
  leads: [
    // 15 of 15 for its size, 12 of 20 for engagement, 10 of 10 for its region: 37 of 45 are 82.
    lead('warm-north', {
      employee_count: 320,
      engagement_count: 9,
      region: 'north',
      contact_role: 'purchasing',
    }),
    // 15 of 15, and nothing else is known: 100, like the next.
    lead('little-known', { employee_count: 250 }),
    // All of what is known: 100, of more points than the one before.
    lead('well-known', {
      employee_count: 250,
      engagement_count: 10,
      buys_within_days: 30,
      yearly_potential: 50_000.5,
    }),
    // 5 of 15 are 33: cold, and no call.
    lead('cold', { employee_count: 10 }),
    // Nothing is known of it.
    lead('unknown', {}),
    // Closed on the day, merged, deleted: none to call. Closed tomorrow: open today.
    lead('lost-today', { employee_count: 250, status: 'lost', lost_on: AS_OF }),
    lead('won-tomorrow', { contact_seniority: 'executive', status: 'won', won_on: '2026-11-22' }),
    lead('merged', { employee_count: 250, status: 'merged' }),
    // Made tomorrow.
    lead('tomorrow', { employee_count: 250, created_on: '2026-11-22' }),
  ],
};

/** What comes of them, worked out by hand: well-known has 65 points of 65, the other two of 100 have 15 and 10. */
export const leadsExpected = [
  [
    'well-known',
    100,
    'engagement_count 20/20, buys_within_days 15/15, employee_count 15/15, yearly_potential 15/15',
  ],
  ['little-known', 100, 'employee_count 15/15'],
  ['won-tomorrow', 100, 'contact_seniority 10/10'],
  ['warm-north', 82, 'employee_count 15/15, engagement_count 12/20, region 10/10'],
];

/** An entry as `leadsExpected` writes it. */
export const inShort = ({ key, values, reasons }: ListEntry) => [
  key,
  values['score'],
  reasons.map(({ reason, points, most }) => `${reason} ${points}/${most}`).join(', '),
];
