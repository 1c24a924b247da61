import { type Platform, reportedAt, type Spend } from '../companies/wholesale/business/campaigns.ts';
import type { CompanyDay } from '../companies/wholesale/business/company.ts';

/** What an ad platform knows: the spend of each day so far, as it stands by now. */
export interface SpendBook {
  add(happened: CompanyDay): void;
  /** Of the days from one date to another, both included, in order. */
  between(from: string, to: string): Spend[];
  /** The newest day, `YYYY-MM-DD`: how long data is kept counts from it, so that an old company stays readable. */
  newest(): string;
}

/**
 * The book of a platform. Google attributes conversions late: a day is reported in full once two more days have been
 * lived, so what it says of the last days changes from one morning to the next. The others have their last word at once.
 */
export function spendBook(platform: Platform): SpendBook {
  const days = new Map<string, readonly Spend[]>();
  let newest = { index: -1, date: '' };
  const asOfNow = (spend: Spend): Spend =>
    platform === 'google' ? reportedAt(spend, newest.index - spend.day.index) : spend;
  return {
    add({ day, spends }) {
      // A day may come again: the platform has thought better of it.
      if (day.index > newest.index) newest = day;
      days.set(
        day.date,
        spends.filter((spend) => spend.campaign.platform === platform),
      );
    },
    newest: () => newest.date,
    between: (from, to) =>
      [...days].flatMap(([date, spends]) => (date >= from && date <= to ? spends.map(asOfNow) : [])),
  };
}
