import type { FigureKind, Kpi } from '../../functions/lake/catalogue/kpi.ts';
import type { SnapshotRow } from '../../functions/lake/snapshot/snapshot.ts';
import type { Day } from '../../functions/report/model/day.ts';
import { companyOf, dayOf, facts, kpiOf, row } from './fixtures.ts';

const feed = (table: string) => ({ table, path: `${table}.csv`, columns: {} });

/** What a company that sells software is fed with: a CRM and its invoices, no web shop. */
export const funnelSources = [
  { kind: 'files', name: 'crm', feeds: ['leads', 'deals', 'stage_history', 'stages'].map(feed) },
  { kind: 'files', name: 'billing', feeds: ['orders', 'order_lines'].map(feed) },
];

const stage = { id: 'stage', names: { en: 'Stage', fr: 'Étape' } } as unknown as Kpi['brokenDownBy'][number];
const month: Pick<Kpi, 'headline' | 'windows'> = { headline: 'last_28d', windows: ['last_28d', 'mtd'] };
const FUNNEL: Partial<Kpi> = { theme: 'funnel', unit: 'count', reads: { leads: null } };

export const funnelKpis: readonly Kpi[] = [
  kpiOf('new_leads', 'New leads', 'Nouveaux leads', FUNNEL),
  kpiOf('orders', 'Orders', 'Commandes', { unit: 'count' }),
  kpiOf('average_order_value', 'Average order value', 'Panier moyen', { ...month, ratio: true }),
  kpiOf('stage_losses', 'Losses by stage', 'Pertes par étape', {
    ...{ ...FUNNEL, ...month, unit: 'percent', ratio: true, additive: false, good: 'down' },
    brokenDownBy: [stage],
    dimensions: { stage: stage.names },
  }),
  kpiOf('repurchase_rate', 'Repurchase rate', 'Taux de réachat', { ...month, unit: 'percent', ratio: true }),
  kpiOf('lead_to_customer_rate', 'Lead to customer rate', 'Taux de leads devenus clients', {
    ...{ ...FUNNEL, ...month, unit: 'percent', ratio: true, ripens: 180 },
  }),
  kpiOf('net_revenue', 'Net revenue', 'Chiffre d’affaires net'),
];

const lost = (member: string, kind: FigureKind, numerator: number, entered: number): SnapshotRow =>
  row('stage_losses', 'last_28d', kind, numerator, entered, { dimension: 'stage', member });

/** More is lost after the demonstration than in the 28 days before. */
export const funnelRows: readonly SnapshotRow[] = [
  row('new_leads', 'mtd', 'current', 63),
  row('new_leads', 'mtd', 'last_year', 50),
  row('orders', 'mtd', 'current', 30),
  row('orders', 'mtd', 'previous', 38),
  row('orders', 'mtd', 'last_year', 34),
  row('orders', 'mtd', 'target', 42),
  row('orders', 'mtd', 'full_target', 60),
  row('average_order_value', 'last_28d', 'current', 12_000, 3),
  row('average_order_value', 'last_28d', 'target', 3800, 1),
  row('stage_losses', 'last_28d', 'current', 60, 300),
  row('stage_losses', 'last_28d', 'previous', 45, 290),
  lost('Negotiation', 'current', 3, 15),
  lost('Demonstration', 'current', 48, 96),
  lost('Demonstration', 'previous', 20, 100),
  lost('Qualification', 'current', 9, 160),
  lost('Qualification', 'previous', 10, 165),
  row('repurchase_rate', 'last_28d', 'current', 20, 80),
  row('lead_to_customer_rate', 'last_28d', 'current', 30, 100),
  row('net_revenue', 'mtd', 'current', 120_000),
];

/** A day of a company that lives by its funnel. */
export const funnelDay = (company: Record<string, unknown> = {}, rows = funnelRows, kpis = funnelKpis): Day =>
  dayOf(
    facts({
      ...{ kpis, totals: rows, findings: [], alerts: null, causes: new Map(), rules: [] },
      company: companyOf({ sources: funnelSources, ...company }),
    }),
  );
