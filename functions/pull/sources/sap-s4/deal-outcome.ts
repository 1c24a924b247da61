import { addDays } from '../../../lake/values/day.ts';
import { signOf, subtractDecimals } from '../../api/decimals.ts';
import { attributeAs, attributeText, childrenOf } from '../../api/odata/envelope.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext } from '../../api/source.ts';
import { dayIn, isoInstant, sapDay } from '../../api/values.ts';
import { FLOW } from './client-deals.ts';
import type { DealItem } from './deal-items.ts';
import { dealWord } from './deal-settings.ts';
import { changedAt, enteredAt } from './deal-times.ts';
import type { Family } from './families.ts';
import { isRejected, wordFor } from './map-document.ts';
import type { Settings } from './settings.ts';

/** What became of a deal, on which day, and how well that day is known. */
export interface Outcome {
  readonly status: 'open' | 'won' | 'lost' | 'deleted';
  readonly closedOn: string | null;
  /** Instant of the end; null while it is open. */
  readonly endedAt: string | null;
  /** `seen`: SAP names no day for it, so the one of the last change stands. */
  readonly basis: 'history' | 'seen';
  readonly reason: string | null;
}

/** SD document categories (domain VBTYPL) by which a customer takes a quotation up: order, contract, scheduling agreements. */
const TAKEN_UP = ['C', 'G', 'E', 'F'];

type Context = MapContext<Settings>;

const OPEN: Outcome = { status: 'open', closedOn: null, endedAt: null, basis: 'history', reason: null };

export function outcomeOf(
  family: Family,
  record: RecordReader,
  items: readonly DealItem[],
  context: Context,
): Outcome {
  const won = wonOn(family, record, context);
  if (won !== null) return onDay('won', won, null, context);
  const rejected = isRejected(record) || (items.length > 0 && items.every(({ reason }) => reason !== null));
  if (rejected) return rejection(family, record, items, context);
  if (family.entity === 'sales-contracts') return OPEN;
  // Taken up whole, and the flow is not asked for or not to be seen: then the last change is all there is.
  if (attributeText(record, 'OverallSDProcessStatus') === 'C')
    return lastChange(family, record, 'won', null, context);
  return expiry(record, context) ?? OPEN;
}

/** The day on which it was won; null where it is not. */
function wonOn(family: Family, record: RecordReader, { settings, slice }: Context): string | null {
  const { deals } = settings;
  if (family.entity === 'sales-quotations') return deals.document_flow ? firstOrder(record) : null;
  if (deals.contracts_are_won === 'signature') {
    const signed = attributeAs(record, 'SalesContractSignedDate', sapDay);
    return signed !== null && signed <= slice.asOf ? signed : null;
  }
  return isRejected(record) ? null : record.as('SalesContractDate', sapDay);
}

function firstOrder(record: RecordReader): string | null {
  const days = childrenOf(record, FLOW)
    .filter((each) => TAKEN_UP.includes(attributeText(each, 'SubsequentDocumentCategory') ?? ''))
    .map((each) => each.as('CreationDate', sapDay));
  return days.sort()[0] ?? null;
}

/** Lost for the reason of its largest item; or never a deal, where the reason says so. */
function rejection(
  family: Family,
  record: RecordReader,
  items: readonly DealItem[],
  context: Context,
): Outcome {
  const { deals } = context.settings;
  const reason = largest(items.filter((item) => item.reason !== null))?.reason ?? null;
  const status = reason !== null && deals.not_lost.includes(reason) ? 'deleted' : 'lost';
  const word = reason === null ? null : wordFor(deals.rejection_reasons, reason);
  return lastChange(family, record, status, word, context);
}

const largest = (items: readonly DealItem[]): DealItem | undefined =>
  items.reduce<DealItem | undefined>(
    (most, item) => (most && signOf(subtractDecimals(item.net, most.net)) <= 0 ? most : item),
    undefined,
  );

function expiry(record: RecordReader, context: Context): Outcome | null {
  const { settings, slice } = context;
  const validTo = attributeAs(record, 'BindingPeriodValidityEndDate', sapDay);
  if (!settings.deals.expires || validTo === null || validTo >= slice.asOf) return null;
  return onDay('lost', addDays(validTo, 1), dealWord(settings, 'expired'), context);
}

/** SAP says the day. */
const onDay = (
  status: 'won' | 'lost',
  day: string,
  reason: string | null,
  { timeZone }: Context,
): Outcome => ({ status, closedOn: day, endedAt: isoInstant(day, timeZone), basis: 'history', reason });

/** SAP says no day: the last change is the first moment at which it was surely so. One that nobody changed was entered so. */
function lastChange(
  family: Family,
  record: RecordReader,
  status: 'won' | 'lost' | 'deleted',
  reason: string | null,
  context: Context,
): Outcome {
  const at = changedAt(record) ?? enteredAt(family, record, context);
  return { status, closedOn: dayIn(at, context.timeZone), endedAt: at, basis: 'seen', reason };
}
