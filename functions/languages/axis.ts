import type { Unit } from '../lake/values/vocabulary.ts';
import { numberFormat } from './formats.ts';
import type { FormatOptions } from './numbers.ts';

/** A round value beside a chart's rule, as short as it can be said: `€50`, `2.5%`, `€1.5m`, `0`. */
export function axisValue(value: number, unit: Unit, { language, currency }: FormatOptions): string {
  if (value === 0) return '0';
  const style =
    unit === 'currency'
      ? ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const)
      : unit === 'percent'
        ? ({ style: 'percent' } as const)
        : {};
  const format = numberFormat(language.locale, {
    ...style,
    ...(Math.abs(value) < 10_000 ? {} : { notation: 'compact' as const }),
    minimumFractionDigits: 0,
    maximumFractionDigits: unit === 'percent' ? 1 : 2,
  });
  return format.format(value).replace('-', '−').replaceAll('\u00a0', '\u202f');
}
