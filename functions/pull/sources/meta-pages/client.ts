import { addDays, DAY_MS, datesBetween } from '../../../lake/values/day.ts';
import { zoneClock } from '../../../lake/values/zone.ts';
import { windowOf } from '../../api/kit/days.ts';
import { clockedPage, joinedPage, recordsIn } from '../../api/kit/envelope.ts';
import { objectOf, textOf } from '../../api/kit/errors.ts';
import { shapeError } from '../../api/record-reader.ts';
import type { Diagnosis, RawPage, Slice } from '../../api/source.ts';
import type { Vendor, VendorAnswer } from '../../api/vendor.ts';
import type { Settings } from './settings.ts';

export const TITLE = 'Facebook and Instagram';

/** How many follow a page or an account at this moment; Meta tells no other moment's. */
export const askFollowers = (
  vendor: Vendor,
  { version }: Settings,
  id: string,
  fields = 'followers_count',
): Promise<VendorAnswer> => vendor.ask({ url: `/${version}/${id}`, query: { fields } });

/** The count, with the clock of Meta. */
export async function* followerPages(
  vendor: Vendor,
  settings: Settings,
  { partition }: Slice,
): AsyncGenerator<RawPage> {
  yield clockedPage(await askFollowers(vendor, settings, partition));
}

export const followerRecords = (page: RawPage): readonly unknown[] => [page.json()];
export const dayRecords = (page: RawPage): readonly unknown[] => recordsIn(TITLE, page.json(), 'days');

/** Meta's days are those of California, whoever asks. */
const PACIFIC = zoneClock('America/Los_Angeles');
const midnight = (day: string): number => PACIFIC.instantOf(Date.parse(day));
const seconds = (instant: number): number => instant / 1000;
/** The day, in California, that ends at an instant. */
export const dayEnding = (instant: string): string =>
  new Date(PACIFIC.dayOf(Date.parse(instant) - 1) * DAY_MS).toISOString().slice(0, 10);
const today = (now: Date): string =>
  new Date(PACIFIC.dayOf(now.getTime()) * DAY_MS).toISOString().slice(0, 10);

/** The days of a slice that are over in California. */
function daysOver(slice: Slice, now: Date): readonly string[] {
  const { from, to } = windowOf(slice);
  const yesterday = addDays(today(now), -1);
  return yesterday < from ? [] : datesBetween(from, to).filter((day) => day <= yesterday);
}

/** A page's days, each with both figures. `paging` leads to other days, and is not followed. */
export async function* pageDays(vendor: Vendor, settings: Settings, slice: Slice): AsyncGenerator<RawPage> {
  const days = daysOver(slice, vendor.now());
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return;
  const { facebook_shown: shown, facebook_engagement: engagement } = settings.metrics;
  const range = { since: seconds(midnight(first)), until: seconds(midnight(addDays(last, 1))) };
  const answer = await askInsights(vendor, settings, slice.partition, [shown, engagement], range);
  const found = metricsIn(answer, [shown, engagement]);
  const joined = new Map<string, Record<string, unknown>>();
  for (const [name, entry] of [['shown', found[0]] as const, ['engagement', found[1]] as const])
    for (const each of entry === undefined ? [] : recordsIn(TITLE, entry, 'values')) {
      const { end_time, value } = objectOf(each) ?? {};
      const key = JSON.stringify(end_time);
      joined.set(key, { end_time, ...joined.get(key), [name]: value });
    }
  yield joinedPage(answer.request, { days: [...joined.values()] });
}

/** An account's days: only the total of a span is told, so each day is asked for by itself. Where there is nothing, Meta gives an empty list. */
export async function* accountDays(
  vendor: Vendor,
  settings: Settings,
  slice: Slice,
): AsyncGenerator<RawPage> {
  const { instagram_shown: shown, instagram_engagement: engagement } = settings.metrics;
  const days: unknown[] = [];
  for (const day of daysOver(slice, vendor.now())) {
    const range = { since: seconds(midnight(day)), until: seconds(midnight(addDays(day, 1))) };
    const answer = await askInsights(vendor, settings, slice.partition, [shown, engagement], {
      ...range,
      metric_type: 'total_value',
    });
    const [first, second] = metricsIn(answer, [shown, engagement]);
    if (first === undefined && second === undefined) continue;
    days.push({ day, shown: totalOf(first), engagement: totalOf(second) });
  }
  yield joinedPage(`GET /${settings.version}/${slice.partition}/insights, day by day`, { days });
}

/** Null: there is nothing. A total without a value is none, and rejected where it is mapped. */
const totalOf = (entry: Json | undefined): Json | null =>
  entry === undefined ? null : { value: objectOf(entry['total_value'])?.['value'] };

const askInsights = (
  vendor: Vendor,
  { version }: Settings,
  id: string,
  metrics: readonly string[],
  query: Readonly<Record<string, string | number>>,
): Promise<VendorAnswer> =>
  vendor.ask({
    url: `/${version}/${id}/insights`,
    query: { metric: metrics.join(','), period: 'day', ...query },
  });

type Json = Readonly<Record<string, unknown>>;

/** The metrics that were asked for, in their order; undefined: there is nothing of it. Any other would be a new form. */
function metricsIn(answer: VendorAnswer, names: readonly string[]): readonly (Json | undefined)[] {
  const entries = recordsIn(TITLE, answer.json(), 'data').map((each) => objectOf(each) ?? {});
  for (const entry of entries) {
    if (!names.includes(textOf(entry['name']))) throw shapeError(TITLE, 'data.name', entry['name']);
    if (entry['period'] !== 'day') throw shapeError(TITLE, 'data.period', entry['period']);
  }
  return names.map((name) => entries.find((entry) => entry['name'] === name));
}

/** Below a hundred followers Meta gives no figures of a page; above, it does, to those who may see them. */
const FEW = 100;

export async function whyEmpty(
  vendor: Vendor,
  settings: Settings,
  partition: string,
): Promise<Diagnosis | undefined> {
  const answer = await askFollowers(vendor, settings, partition);
  const count = Number(objectOf(answer.json())?.['followers_count'] ?? 0);
  if (count < FEW) return undefined;
  return {
    kind: 'no-permission',
    reason: `Meta gives no figures of ${partition}, though ${count} people follow it`,
    hint: 'The token lacks the permission to see insights, or its user the task “Insights” of the page: see “Permissions to ask for” on the source’s page.',
  };
}
