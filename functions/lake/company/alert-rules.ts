import { type AlertRule, alertRule, kindOf } from '../catalogue/alert-kinds/kinds.ts';
import type { Kpi } from '../catalogue/kpi.ts';
import { whyOff } from './chosen-kpis.ts';
import type { Company } from './company.ts';

/**
 * The rules shipped. They hold where their KPI is on, unless vigie.yaml has a rule of the same id or names it under
 * `alerts.off`.
 *
 * - Abandonment: the benchmark of the marketing study is 75 % of carts; a shop that loses clearly more than that, on
 *   enough carts to be sure, loses sales somebody can win back. Clear two points lower, so that a figure at the edge
 *   does not flap.
 * - Acquisition cost: what is normal differs from company to company, so the measure is the company's own window
 *   before. Ten new customers at least: below that one campaign's invoice moves the figure by itself.
 */
export const defaultRules: readonly AlertRule[] = [
  alertRule.parse({
    id: 'cart-abandonment-high',
    kind: 'benchmark_gap',
    kpi: 'cart_abandonment_rate',
    above: 0.05,
    clear: 0.025,
    for: 2,
    recover_for: 2,
    confidence: 0.95,
    min_volume: 100,
    renotify_after_days: 7,
  }),
  alertRule.parse({
    id: 'acquisition-cost-jump',
    kind: 'change',
    kpi: 'customer_acquisition_cost',
    against: 'previous',
    above: 0.5,
    clear: 0.25,
    for: 2,
    recover_for: 2,
    min_volume: 10,
    renotify_after_days: 7,
  }),
];

/** A rule with what it leaves open filled in from its KPI. */
export interface BoundRule {
  readonly rule: AlertRule;
  readonly kpi: Kpi;
  readonly period: Kpi['headline'];
  /** Roles told. */
  readonly notify: readonly string[];
}

/** The rules in force: the company's, and the shipped ones it neither replaced nor switched off, of KPIs that are on. */
export function rulesInForce(company: Company, kpis: readonly Kpi[]): BoundRule[] {
  const own = new Set(company.alerts.rules.map((rule) => rule.id));
  const off = new Set(company.alerts.off);
  const rules = [...defaultRules.filter((rule) => !own.has(rule.id)), ...company.alerts.rules];
  return rules.flatMap((rule) => {
    const kpi = kpis.find((each) => each.id === rule.kpi);
    if (!kpi || off.has(rule.id) || whyOff(company, kpi)) return [];
    const period = rule.period ?? kpi.headline;
    if (company.kpis.windows_off.includes(period)) return [];
    // A rule shipped for a KPI that the company has without what the rule needs: no benchmark.
    if (kindOf(rule).mistakes(rule, kpi, period).length > 0) return [];
    return [{ rule, kpi, period, notify: rule.notify ?? ['ops', ...kpi.audience] }];
  });
}
