/** How the exporting systems write numbers and text. Amounts come in cents, to stay exact. */

/** `-1234.50`. */
export function plain(cents: number): string {
  const text = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** `1.234,50`, or with another separator of thousands. */
export function european(cents: number, thousands = '.'): string {
  const [whole = '', decimals = ''] = plain(cents).split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, thousands)},${decimals}`;
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
