import type { Day } from '../calendar.ts';
import { randomStream } from '../random.ts';
import { csv } from '../words.ts';
import { lived, type Outreach } from './heard.ts';

/** Clicks that Google counted on a day, from a device and a country, in Google's own words. */
export interface Clicks {
  readonly day: Day;
  readonly device: string;
  readonly country: string;
  readonly clicks: number;
  readonly impressions: number;
  /** Average place in the results, in hundredths. */
  readonly position: number;
}

/** Days that Google takes until a day is final. */
export const FINAL_AFTER = 3;

/** Clicks on a day of trade at growth 1: somewhat fewer than a service estimates. */
const USUAL = 270;
const DEVICES = [
  ['DESKTOP', 0.68, 0.041, 940],
  ['MOBILE', 0.28, 0.034, 1_130],
  ['TABLET', 0.04, 0.029, 1_210],
] as const;
const COUNTRIES = [
  ['fra', 0.56],
  ['deu', 0.33],
  ['che', 0.06],
  ['bel', 0.03],
  ['zzz', 0.02],
] as const;

/** What Google counted on a day; nothing where the company was not shown. */
export function clicksOn({ seed, growth }: Pick<Outreach, 'seed' | 'growth'>, day: Day): Clicks[] {
  const random = randomStream(seed, `google/${day.date}`);
  const busy = USUAL * growth * (day.trading ? 1 : 0.4) * (0.9 + 0.2 * random.float());
  return DEVICES.flatMap(([device, share, rate, place]) =>
    COUNTRIES.map(([country, part]) => {
      const impressions = Math.round(((busy * share * part) / rate) * (0.9 + 0.2 * random.float()));
      const clicks = Math.min(impressions, Math.round(impressions * rate * (0.85 + 0.3 * random.float())));
      return { day, device, country, clicks, impressions, position: place + random.between(-90, 90) };
    }),
  ).filter(({ impressions }) => impressions > 0);
}

/** The same as a script exports it: the days that are final. */
export const clickLines = (outreach: Outreach): string[] => [
  'Date,Device,Country,Clicks,Impressions',
  ...lived(outreach)
    .slice(0, -FINAL_AFTER)
    .flatMap((day) => clicksOn(outreach, day))
    .map(({ day, device, country, clicks, impressions }) =>
      csv(',', day.date, device, country, String(clicks), String(impressions)),
    ),
];
