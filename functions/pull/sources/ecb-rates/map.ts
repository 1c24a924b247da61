import { RATE_SCALE } from '../../../lake/tables/column.ts';
import { fixedText, quotient } from '../../../lake/values/decimal.ts';
import { plainNumbers, readDecimal } from '../../../lake/values/read-decimal.ts';
import { askedDay, windowOf } from '../../api/kit/days.ts';
import { currencyCode } from '../../api/kit/values.ts';
import { FieldError, type RecordReader, shapeError } from '../../api/record-reader.ts';
import type { MapContext, RawPage, RowSink } from '../../api/source.ts';
import { isWanted, type Settings } from './settings.ts';

const TITLE = 'ECB exchange rates';

type Json = Readonly<Record<string, unknown>>;

/**
 * One record a day: `{ day, quotes: [{ currency, value }] }`. SDMX-JSON keeps values by position: the key of a series is
 * the places of its dimensions (`0:27:0:0:0`), that of an observation the place of its day. No body at all means no
 * publication. https://github.com/sdmx-twg/sdmx-json
 */
export function records(page: RawPage): readonly unknown[] {
  if (page.text.trim() === '') return [];
  const body = page.json();
  const dimensions = objectIn(objectIn(body, 'structure'), 'dimensions');
  const seriesDimensions = listIn(dimensions, 'series');
  const place = seriesDimensions.findIndex((each) => (each as Json | null)?.['id'] === 'CURRENCY');
  const currencies = idsIn(seriesDimensions[place], 'CURRENCY');
  const days = idsIn(listIn(dimensions, 'observation')[0], 'TIME_PERIOD');
  const quotes = days.map((day) => ({ day, quotes: [] as { currency: unknown; value: unknown }[] }));
  for (const dataSet of listIn(body, 'dataSets'))
    for (const [key, series] of placesIn(objectIn(dataSet, 'series')))
      for (const [at, observation] of placesIn(objectIn(series, 'observations'))) {
        const [value] = Array.isArray(observation) ? (observation as unknown[]) : [];
        const currency = currencies[Number(key.split(':')[place])];
        const day = quotes[Number(at)];
        if (day === undefined || currency === undefined) throw shapeError(TITLE, 'observations', at);
        day.quotes.push({ currency, value: value ?? null });
      }
  return quotes.filter((day) => day.quotes.length > 0);
}

/** Members whose names are places. */
function placesIn(body: Json): (readonly [string, unknown])[] {
  const names = Object.keys(body);
  const places = names.filter((name) => /^\d+(:\d+)*$/.test(name));
  if (places.length === 0 && names.length > 0) throw shapeError(TITLE, 'dataSets', names[0]);
  return places.map((place) => [place, body[place]]);
}

function objectIn(body: unknown, field: string): Json {
  const found = typeof body === 'object' && body !== null ? (body as Json)[field] : undefined;
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    throw shapeError(TITLE, field, found ?? body);
  return found as Json;
}

function listIn(body: unknown, field: string): readonly unknown[] {
  const found = typeof body === 'object' && body !== null ? (body as Json)[field] : undefined;
  if (!Array.isArray(found)) throw shapeError(TITLE, field, found ?? body);
  return found as readonly unknown[];
}

/** The values of a dimension, by place. */
function idsIn(dimension: unknown, id: string): string[] {
  if ((dimension as Json | undefined)?.['id'] !== id) throw shapeError(TITLE, id, dimension);
  return listIn(dimension, 'values').map((value) => {
    const own = (value as Json | null)?.['id'];
    if (typeof own !== 'string') throw shapeError(TITLE, `${id}.values.id`, value);
    return own;
  });
}

/**
 * The rates of a day. The ECB says what one euro costs in each currency; the lake keeps what one unit of a currency is
 * worth in the reporting one (decision 0028): its quotation over that of the currency, rounded once.
 */
export function map(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const day = record.as('day', askedDay(windowOf(context.slice)));
  const quotes = new Map([['EUR', '1']]);
  for (const quote of record.records('quotes')) {
    const value = quote.asOrNull('value', positive);
    if (value !== null) quotes.set(quote.as('currency', currencyCode), value);
  }
  if (quotes.size === 1) {
    // A day on which nothing was published, written down all the same.
    out.skip('no publication');
    return;
  }
  const { currency: reporting, settings } = context;
  const own = quotes.get(reporting);
  if (own === undefined)
    throw record.error('quotes', `lacks ${reporting}, the reporting currency: there is no way over the euro`);
  for (const [currency, quote] of quotes)
    if (currency !== reporting && isWanted(settings, currency))
      out.row('exchange_rates', { currency, rated_on: day, rate: over(own, quote) });
}

const exact = (text: string) => {
  const number = { mantissa: 0 as number | bigint, scale: 0 };
  if (!readDecimal(text, plainNumbers, number)) throw new FieldError('', text, 'is not a decimal number');
  return number;
};

function positive(text: string): string {
  if (!(BigInt(exact(text).mantissa) > 0n)) throw new FieldError('', text, 'is not above zero');
  return text;
}

function over(above: string, below: string): string {
  const { mantissa, scale } = quotient([exact(above)], [exact(below)], RATE_SCALE);
  return fixedText(mantissa, scale);
}

/** Fields of a record that the mapping knows. */
export const known: readonly string[] = ['day', 'quotes.currency', 'quotes.value'];
