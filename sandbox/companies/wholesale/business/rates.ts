import { addDays, daysBetween } from '../../../../functions/lake/values/day.ts';
import { type Day, daysFrom } from '../../../kit/calendar.ts';
import { randomStream } from '../../../kit/random.ts';
import type { Currency } from './customer.ts';

export interface Rate {
  readonly currency: Exclude<Currency, 'EUR'>;
  readonly date: string;
  /** Euro for one unit, times 10,000. */
  readonly rate: number;
}

export interface Rates {
  /** Every rate there is, by date. */
  readonly list: readonly Rate[];
  /** Cents of a currency in 1/10,000 euro, rounded half away from zero, as a careful analyst converts one amount. */
  toEuro(cents: number, currency: Currency, day: number): number;
}

const FOREIGN = [
  ['CHF', 10_560],
  ['GBP', 11_730],
] as const;
/** Rates begin so many days before the year of the first day: contracts are for whole years. */
const LEAD = 14;
/** One Wednesday, so many days before the last day or a little earlier, the bank sent nothing. */
const MISSING_DAYS_BACK = 20;

/** Bank rates of weekdays: a slow walk that is pulled back to its middle. */
export function ratesFor(seed: number, days: readonly Day[], count: number): Rates {
  const random = randomStream(seed, 'rates');
  const first = (days[0] as Day).date;
  const lead = daysBetween(`${first.slice(0, 4)}-01-01`, first) + LEAD;
  const calendar = daysFrom(addDays(first, -lead), count + lead);
  const missing = calendar.findLast(
    (day) => day.weekday === 2 && day.index < calendar.length - MISSING_DAYS_BACK,
  )?.date;
  const list: Rate[] = [];
  const byDay: Record<string, number[]> = {};
  for (const [currency, middle] of FOREIGN) {
    let rate: number = middle;
    let newest: number = middle;
    byDay[currency] = calendar.map((day) => {
      rate += random.between(-35, 35) + Math.round((middle - rate) / 25);
      if (day.weekday < 5 && day.date !== missing) {
        list.push({ currency, date: day.date, rate });
        newest = rate;
      }
      return newest;
    });
  }
  return {
    list: list.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
    toEuro(cents, currency, day) {
      if (currency === 'EUR') return cents * 100;
      const product = cents * ((byDay[currency]?.[day + lead] as number) ?? 0);
      return Math.sign(product) * Math.floor((Math.abs(product) + 50) / 100);
    },
  };
}
