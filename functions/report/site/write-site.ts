import pLimit from 'p-limit';
import { isDay } from '../../lake/values/day.ts';
import type { Language } from '../../languages/language.ts';
import { languageOf, languages } from '../../languages/languages.ts';
import type { Bucket } from '../../platform/bucket.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Day } from '../model/day.ts';
import { type Place, pageKey, SITE } from './address.ts';
import { type AllDays, readAllDays } from './all-days.ts';
import { calendarView } from './calendar-page.tsx';
import { dayView } from './day-page.tsx';
import { renderPage, type View } from './document.tsx';
import { type Drawings, drawingsOf, sparksOf } from './drawings.ts';
import type { EarlierDay, Sheet } from './edition.ts';
import { kpiView } from './kpi-page.tsx';

/** Pages written side by side. */
const AT_ONCE = 8;

/** A page as it is kept. */
export interface SitePage {
  readonly place: Place;
  readonly html: string;
}

/**
 * Writes the pages of a day, each of them one HTML file that loads nothing, in every language; gives the key of the day's
 * own. What a day writes is bounded by the KPIs there are. `first` is the language pages open in for who has chosen none;
 * default: that of the first recipient, else the first there is.
 */
export async function writeSite(
  { bucket }: Pick<Platform, 'bucket'>,
  day: Day,
  first: Language = languageOf(day.company.recipients[0]?.language),
): Promise<string> {
  const { asOf } = day;
  const days = (await bucket.folders(SITE)).filter(isDay);
  const before = await earlierDay(
    bucket,
    days.findLast((date) => date < asOf),
  );
  const limit = pLimit(AT_ONCE);
  const written = new Set<string>();
  const write = ({ place, html }: SitePage): Promise<void> => {
    written.add(pageKey(place));
    return limit(() => bucket.write(pageKey(place), html));
  };
  await Promise.all([...dayPages(day, { before, first, languages })].map(write));
  await removeOthers(bucket, asOf, written);
  await write(calendarPage(day, await readAllDays(bucket, [...new Set([...days, asOf])], day), first));
  return pageKey({ asOf });
}

const earlierDay = async (bucket: Bucket, asOf: string | undefined): Promise<EarlierDay | null> =>
  asOf === undefined ? null : { asOf, kpis: new Set(await bucket.folders(`${SITE}${asOf}/`)) };

/** A KPI that the company went without since the day was first run has no page there any more. */
async function removeOthers(bucket: Bucket, asOf: string, written: ReadonlySet<string>): Promise<void> {
  for await (const { key } of bucket.list(`${SITE}${asOf}/`)) if (!written.has(key)) await bucket.remove(key);
}

/**
 * All days, as it is known when a day was written, whichever that was: it leads to the newest day, and marks no figure of
 * another one.
 */
function calendarPage(day: Day, all: AllDays, first: Language): SitePage {
  const [newest = day.asOf] = all.days;
  const data = { ...day, asOf: newest, kpis: day.kpis.map((each) => ({ ...each, spans: [] })) };
  const view = calendarView(
    all,
    day.kpis.map(({ kpi }) => kpi.id),
  );
  const sheet = { data, here: {}, before: null, drawings: sparksOf([]), first, languages };
  return { place: {}, html: renderPage(sheet, view) };
}

/** Every page of a day: its own, and one for each KPI. Pure: the same day gives the same bytes. */
export function* dayPages(
  day: Day,
  options: Pick<Sheet, 'before' | 'first' | 'languages'>,
): Iterable<SitePage> {
  const { asOf } = day;
  const page = (here: Place, drawings: Drawings, view: View): SitePage => ({
    place: here,
    html: renderPage({ ...options, data: day, here, drawings }, view),
  });
  yield page({ asOf }, sparksOf(day.kpis), dayView);
  const { currency } = day.company.company;
  for (const shown of day.kpis) {
    const drawings = drawingsOf(shown, day.events, currency, options.languages);
    yield page({ asOf, kpi: shown.kpi.id }, drawings, kpiView(shown));
  }
}
