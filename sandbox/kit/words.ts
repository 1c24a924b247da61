/** How the exporting systems write numbers and text. Amounts come in cents, to stay exact. */

/** `-1234.50`. */
export const plain = (cents: number): string => withSeparators(cents, '', '.');

/** `1.234,50`, or with another separator of thousands. */
export const european = (cents: number, thousands = '.'): string => withSeparators(cents, thousands, ',');

/** Arithmetic instead of patterns: a large company has a hundred million amounts. */
function withSeparators(cents: number, thousands: string, decimal: string): string {
  const amount = Math.abs(cents);
  const rest = amount % 100;
  const whole = grouped((amount - rest) / 100, thousands);
  return `${cents < 0 ? '-' : ''}${whole}${decimal}${rest < 10 ? '0' : ''}${rest}`;
}

function grouped(whole: number, separator: string): string {
  if (whole < 1000 || separator === '') return String(whole);
  const rest = whole % 1000;
  return `${grouped((whole - rest) / 1000, separator)}${separator}${String(rest).padStart(3, '0')}`;
}

/** Zero-padded as SAP does. */
export const padded = (text: string, length: number): string => text.padStart(length, '0');

/** A CSV field: quoted where it holds the delimiter, a quote or a line break. */
export const field = (text: string | null, delimiter: string): string => {
  if (text === null) return '';
  return text.includes(delimiter) || text.includes('"') || text.includes('\n')
    ? `"${text.replaceAll('"', '""')}"`
    : text;
};

export const csv = (delimiter: string, ...fields: readonly (string | null)[]): string =>
  fields.map((each) => field(each, delimiter)).join(delimiter);

export const BOM = '\uFEFF';
