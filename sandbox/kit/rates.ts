import { addDays } from '../../functions/lake/values/day.ts';
import { type Day, daysFrom } from './calendar.ts';
import { randomStream } from './random.ts';

export interface Rate {
  readonly currency: string;
  readonly date: string;
  /** Euro for one unit, times 10,000. */
  readonly rate: number;
}

export interface Rates {
  /** Every rate there is, by date. */
  readonly list: readonly Rate[];
  /** Cents of a currency in 1/10,000 euro, rounded half away from zero, as a careful analyst converts one amount. */
  toEuro(cents: number, currency: string, day: number): number;
}

export interface RateOptions {
  readonly seed: number;
  readonly days: readonly Day[];
  /** Days lived. */
  readonly count: number;
  /** The currencies, each with euro for one unit, times 10,000, on average. */
  readonly foreign: readonly (readonly [currency: string, middle: number])[];
  /** So many days before the first there are rates already; `toEuro` takes negative days for them. */
  readonly lead: number;
}

/** One Wednesday, so many days before the last day or a little earlier, the bank sent nothing. */
const MISSING_DAYS_BACK = 20;

/** Bank rates of weekdays: a slow walk that is pulled back to its middle. */
export function ratesFor({ seed, days, count, foreign, lead }: RateOptions): Rates {
  const random = randomStream(seed, 'rates');
  const first = (days[0] as Day).date;
  const calendar = daysFrom(addDays(first, -lead), count + lead);
  const missing = calendar.findLast(
    (day) => day.weekday === 2 && day.index < calendar.length - MISSING_DAYS_BACK,
  )?.date;
  const list: Rate[] = [];
  const byDay: Record<string, number[]> = {};
  for (const [currency, middle] of foreign) {
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
