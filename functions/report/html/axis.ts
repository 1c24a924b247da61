import { type FormatOptions, formatNumber, formatShort, type Unit } from '../format.ts';

/** A round value beside a chart's rule: as short as it can be said, `€50`, `2.5%`, `€1.5m`, `0`. */
export function axisValue(value: number, unit: Unit, options: FormatOptions): string {
  const { language, currency } = options;
  if (value === 0) return '0';
  if (unit === 'percent') return `${plain(value * 100, options)}${language === 'fr' ? '\u202f' : ''}%`;
  if (unit !== 'currency')
    return Math.abs(value) < 999_500 ? plain(value, options) : formatShort(value, unit, options);
  if (Math.abs(value) >= 999_500) return formatShort(value, unit, options);
  const sign = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  })
    .formatToParts(0)
    .find((part) => part.type === 'currency')?.value;
  const number = plain(value, options);
  return language === 'fr' ? `${number}\u202f${sign}` : `${sign}${number}`;
}

/** With the decimals that a round number needs: 20, 2.5, 0.25. */
function plain(value: number, { language }: FormatOptions): string {
  const decimals = [0, 1, 2, 3].find((digits) => Math.abs(value - Number(value.toFixed(digits))) < 1e-9) ?? 4;
  return formatNumber(value, language, decimals);
}
