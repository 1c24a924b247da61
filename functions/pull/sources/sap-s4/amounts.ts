import { fromTwoDecimals, roundDecimal, sumDecimals } from '../../api/decimals.ts';
import { attributeAs } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { Settings } from './settings.ts';

/** ISO 4217. SAP also knows keys of its own such as USDN (US dollars with more decimals): nobody has a rate for those. */
export function currencyOf(record: RecordReader): string {
  const currency = record.text('TransactionCurrency');
  if (!/^[A-Z]{3}$/.test(currency)) throw record.error('TransactionCurrency', 'is not an ISO 4217 code');
  return currency;
}

/** An amount as text, exact; null where it is empty. */
export const amountOf = (
  record: RecordReader,
  field: string,
  currency: string,
  { amounts }: Settings,
): string | null =>
  attributeAs(record, field, (text) =>
    amounts === 'two_decimals' ? fromTwoDecimals(text, currency) : roundDecimal(text),
  );

/** The sum of active pricing conditions of these types; null where the item has none of them. */
export function conditionAmount(
  conditions: readonly RecordReader[],
  types: readonly string[],
  settings: Settings,
): string | null {
  const wanted = conditions.filter(
    (condition) =>
      types.includes(condition.text('ConditionType')) &&
      condition.textOrNull('ConditionInactiveReason') === null,
  );
  if (wanted.length === 0) return null;
  const amounts = wanted.map(
    (condition) => amountOf(condition, 'ConditionAmount', currencyOf(condition), settings) ?? '0',
  );
  return sumDecimals(amounts);
}
