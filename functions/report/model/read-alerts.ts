import type { AlertEvent, AlertReport, AlertState } from '../../lake/catalogue/alert.ts';
import { kindOf } from '../../lake/catalogue/alert-kinds/kinds.ts';
import type { FigureKind } from '../../lake/catalogue/kpi.ts';
import type { BoundRule } from '../../lake/company/alert-rules.ts';
import { figureValue } from '../../lake/snapshot/snapshot.ts';
import { readFigures } from '../../lake/snapshot/store.ts';
import type { Bucket } from '../../platform/bucket.ts';
import { type AlertPast, type AlertPasts, alertPastKey } from './alerts.ts';

/**
 * What the figure of each alert was before, by `alertPastKey`: the window that its rule compares with; for a rule that
 * compares with none, the window just before the one in which it opened.
 */
export async function readAlertPasts(
  bucket: Bucket,
  report: AlertReport | null,
  rules: readonly BoundRule[],
): Promise<AlertPasts> {
  const pasts = new Map<string, AlertPast>();
  if (report === null) return pasts;
  for (const alert of [...report.states, ...report.events].filter(({ firedOn }) => firedOn !== null)) {
    const bound = rules.find(({ rule }) => rule.id === alert.rule);
    const past =
      bound && !pasts.has(alertPastKey(alert)) && (await pastOf(bucket, report.asOf, bound, alert));
    if (past) pasts.set(alertPastKey(alert), past);
  }
  return pasts;
}

async function pastOf(
  bucket: Bucket,
  asOf: string,
  { rule, kpi, period }: BoundRule,
  alert: AlertState | AlertEvent,
): Promise<AlertPast | null> {
  // What a month was to date says nothing beside what this one will come to.
  if (kindOf(rule).ahead) return null;
  const compared = kindOf(rule).figures(rule).find(isWindow);
  const against = compared ?? 'previous';
  const day = compared === undefined ? (alert.firedOn ?? asOf) : asOf;
  const rows = await readFigures(bucket, {
    kpis: [kpi.id],
    from: day,
    to: day,
    periods: [period],
    comparisons: [against],
    dimension: alert.member === null ? null : (rule.dimension ?? null),
  });
  const row = rows.find(({ member }) => member === alert.member);
  const value = row ? figureValue(row, kpi.ratio) : null;
  return value === null ? null : { value, against };
}

const isWindow = (kind: FigureKind): kind is AlertPast['against'] =>
  kind === 'previous' || kind === 'last_year';
