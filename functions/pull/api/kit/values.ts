import { FieldError } from '../record-reader.ts';
import type { Slice } from '../source.ts';

/** Conversions that many mappings need, beside those of instants and decimals. */

/** The account that was asked for. */
export const askedAccount =
  ({ partition }: Slice) =>
  (text: string): string => {
    if (text !== partition) throw new FieldError('', text, `is not the account asked for, ${partition}`);
    return text;
  };

/** ISO 4217. */
export function currencyCode(text: string): string {
  if (!/^[A-Z]{3}$/.test(text)) throw new FieldError('', text, 'is not an ISO 4217 code such as EUR');
  return text;
}

/** An id: digits. Vendors count in 64 bits, so it stays text. */
export function digits(text: string): string {
  if (!/^\d{1,20}$/.test(text)) throw new FieldError('', text, 'is not an id of digits');
  return text;
}

/** A link is shown to people: nothing but the web. */
export function webAddress(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new FieldError('', text, 'is not an address such as https://rival.example.com/news/1');
  return text;
}
