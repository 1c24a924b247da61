import { DAY_MS, dayNumberOf } from '../../../lake/values/day.ts';
import type { ZoneClock } from '../../../lake/values/zone.ts';
import { MONTH_NAME, monthNamed } from './month-names.ts';
import { AMBIGUOUS_ZONE, offsetIn, ZONE, ZONE_WORDS } from './zones.ts';

/** A point in time as a file tells it. */
export interface Moment {
  /** Wall-clock time as if it were UTC (ms). */
  readonly wall: number;
  /** Whether a time of day was told, not only a day. */
  readonly timed: boolean;
  /** Offset from UTC in ms, where the text names one. */
  readonly offset: number | null;
}

/** Reads a moment; undefined where the text does not fit, null where it stands for “none”. */
export type MomentReader = (text: string) => Moment | null | undefined;

const ISO_DAY = '(?<YYYY>\\d{4})(?:-(?<MM>\\d\\d)-(?<DD>\\d\\d)|(?<MM2>\\d\\d)(?<DD2>\\d\\d))';
const ISO_TIME = '(?<HH>\\d\\d):?(?<mm>\\d\\d)(?::?(?<ss>\\d\\d)(?:[.,](?<SSS>\\d{1,9}))?)?';
const ISO = new RegExp(`^${ISO_DAY}(?:[Tt ]${ISO_TIME})?\\s?(?<zone>${ZONE})?$`);

const LETTERS: Record<string, string> = {
  YYYY: '(?<YYYY>\\d{4})',
  YY: '(?<YY>\\d\\d)',
  MMMM: `(?<MMM>${MONTH_NAME})`,
  MMM: `(?<MMM>${MONTH_NAME})`,
  MM: '(?<MM>\\d\\d)',
  M: '(?<MM>\\d\\d?)',
  DD: '(?<DD>\\d\\d)',
  D: '(?<DD>\\d\\d?)',
  HH: '(?<HH>\\d\\d)',
  H: '(?<HH>\\d\\d?)',
  hh: '(?<hh>\\d\\d)',
  h: '(?<hh>\\d\\d?)',
  mm: '(?<mm>\\d\\d)',
  ss: '(?<ss>\\d\\d)',
  SSS: '(?<SSS>\\d{1,9})',
  A: '(?<A>[AaPp][Mm])',
  Z: `(?<zone>${ZONE})`,
  // Written out, they are the zone as well.
  ...Object.fromEntries(ZONE_WORDS.map((word) => [word, `(?<zone>${word})`])),
};

/** Milliseconds in one unit of the numeric formats. */
const UNIX: Record<string, number> = { unix: 1000, unix_ms: 1, unix_us: 0.001 };

/** Dates as SAP's TCURR stores them, so that the newest come first: 99999999 less YYYYMMDD. */
const INVERTED = 'inverted';

/** SAP fills an empty date with zeros. */
const NO_DATE = /^0{4}[-./]?00[-./]?00$|^00[-./]00[-./]0{4}$|^0{8}$/;

/** A reader for a format: letters YYYY YY MMM MM M DD D HH H hh h mm ss SSS A Z, `auto` (ISO 8601), `inverted`, `unix`, `unix_ms`, `unix_us`. */
export function momentReader(format: string): MomentReader {
  const unit = UNIX[format];
  if (unit !== undefined) return (text) => readUnix(text, unit);
  if (format === INVERTED) return readInverted;
  const pattern = format === 'auto' ? ISO : patternOf(format);
  return (text) => {
    const groups = pattern.exec(text)?.groups;
    if (!groups) return NO_DATE.test(text) ? null : undefined;
    return momentOf(groups) ?? (NO_DATE.test(text) ? null : undefined);
  };
}

/** Whether a format tells year, month and day, or a month by itself. */
export function isUsableFormat(format: string): boolean {
  if (format === 'auto' || format === INVERTED || Object.hasOwn(UNIX, format)) return true;
  // As letters that are passed over they would silently mean the feed's own zone.
  if (AMBIGUOUS_ZONE.test(format)) return false;
  try {
    const source = patternOf(format).source;
    const timed = /<HH>|<hh>/.test(source);
    const months = source.match(/<MMM?>/g)?.length;
    return /<YYYY>|<YY>/.test(source) && months === 1 && (source.includes('<DD>') || !timed);
  } catch {
    // A letter twice: `DD.DD.YYYY`.
    return false;
  }
}

const TOKEN = new RegExp(
  `${ZONE_WORDS.join('|')}|YYYY|YY|MMMM?|MM?|DD?|HH?|hh?|mm|ss|SSS|A|Z|[^\\w\\s]`,
  'g',
);

/** A blank of the format is any blank: in French the one before a year does not break. */
const patternOf = (format: string): RegExp =>
  new RegExp(`^${format.replace(TOKEN, (token) => LETTERS[token] ?? `\\${token}`).replaceAll(' ', '\\s')}$`);

function readUnix(text: string, unit: number): Moment | undefined {
  if (!/^-?\d{1,17}(\.\d+)?$/.test(text)) return undefined;
  const wall = Math.floor(Number(text) * unit);
  return Math.abs(wall) < 1e14 ? { wall, timed: true, offset: 0 } : undefined;
}

function readInverted(text: string): Moment | undefined {
  if (!/^\d{8}$/.test(text)) return undefined;
  const groups = ISO.exec(String(99_999_999 - Number(text)).padStart(8, '0'))?.groups;
  return groups && momentOf(groups);
}

function momentOf(g: Record<string, string | undefined>): Moment | undefined {
  const year = Number(g['YYYY'] ?? 2000 + Number(g['YY']));
  const month = monthOf(g);
  // A month is its first day.
  const day = Number(g['DD'] ?? g['DD2'] ?? 1);
  const hour = hourOf(g);
  const minute = Number(g['mm'] ?? 0);
  const second = Number(g['ss'] ?? 0);
  const wall =
    dayNumberOf(year, month, day) * DAY_MS +
    ((hour * 60 + minute) * 60 + second) * 1000 +
    Number((g['SSS'] ?? '0').padEnd(3, '0').slice(0, 3));
  // NaN where the calendar has no such day. A leap second is not a time of day that anything here can hold.
  if (Number.isNaN(wall) || hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = g['zone'] === undefined ? null : offsetIn(g['zone'], wall);
  if (offset === undefined) return undefined;
  return { wall, timed: g['HH'] !== undefined || g['hh'] !== undefined, offset };
}

/** NaN where there is no such month. */
const monthOf = (g: Record<string, string | undefined>): number =>
  g['MMM'] === undefined ? Number(g['MM'] ?? g['MM2']) : (monthNamed(g['MMM']) ?? Number.NaN);

function hourOf(g: Record<string, string | undefined>): number {
  if (g['hh'] === undefined) return Number(g['HH'] ?? 0);
  const hour = Number(g['hh']);
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (g['A']?.toLowerCase() === 'pm' ? 12 : 0);
}

/** Zones of a feed: where its wall-clock times are from, and where the company keeps its days. */
export interface Zones {
  readonly feed: ZoneClock;
  readonly company: ZoneClock;
}

/** The instant, in ms. A day without a time is its first moment. */
export const instantOf = (moment: Moment, zones: Zones): number =>
  moment.offset === null ? zones.feed.instantOf(moment.wall) : moment.wall - moment.offset;

/** The business date, as days since 1970-01-01. A day without a time is that day, in whatever zone. */
export function dayOf(moment: Moment, zones: Zones): number {
  if (!moment.timed || (moment.offset === null && zones.feed === zones.company))
    return Math.floor(moment.wall / DAY_MS);
  return zones.company.dayOf(instantOf(moment, zones));
}
