import type { Language } from '../../languages/language.ts';
import type { AlertOfDay } from '../model/alerts.ts';
import type { Day } from '../model/day.ts';
import { addressOf, type Place } from '../site/address.ts';

/** Where a KPI is shown on the day: its page; the day's, where it has none. */
export const placeOf = ({ asOf, kpis }: Day, id: string): Place => ({
  asOf,
  kpi: kpis.some(({ kpi }) => kpi.id === id) ? id : undefined,
});

/** Where the figure of an alert is shown on the day: on its KPI's page, a member's on its line there. */
export function placeOfAlert(data: Day, { bound, member }: Pick<AlertOfDay, 'bound' | 'member'>): Place {
  const place = placeOf(data, bound.kpi.id);
  const { dimension } = bound.rule;
  return place.kpi === undefined || member === null || dimension === undefined
    ? place
    : { ...place, dimension, member };
}

/** The address of a place for a reader, as mails name it; null where nobody said at which address the report is read, and for who is told of members alone. */
export function hrefOf({ company, of }: Day, place: Place, language: Language): string | null {
  const base = company.delivery.report_url;
  // The report shows everybody’s figures: who is told of some members alone is not led there.
  return base === undefined || of !== null ? null : addressOf(base, place, language.tag);
}
