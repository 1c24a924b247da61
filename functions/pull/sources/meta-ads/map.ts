import { roundDecimal, sumDecimals } from '../../api/decimals.ts';
import { askedDay, windowOf } from '../../api/kit/days.ts';
import { recordsIn } from '../../api/kit/envelope.ts';
import { each, guardLeftOut } from '../../api/kit/left-out.ts';
import { askedAccount, currencyCode, digits } from '../../api/kit/values.ts';
import { named } from '../../api/named.ts';
import type { RecordReader } from '../../api/record-reader.ts';
import type { MapContext, RawPage, RowSink } from '../../api/source.ts';
import { putCampaignDay } from '../ad-spend/campaigns.ts';
import { isInConversions, standInsFor } from './action-types.ts';
import { type Settings, windowsOf } from './settings.ts';

/** The fields of an insight that are asked for. */
export const fieldsOf = (settings: Pick<Settings, 'clicks' | 'conversions'>): readonly string[] => [
  ...['account_id', 'account_currency', 'campaign_id', 'campaign_name'],
  ...['impressions', settings.clicks, 'spend'],
  ...listsOf('actions', settings),
  ...listsOf('action_values', settings),
];

type Lists = 'actions' | 'action_values';
const MORE_LISTS = { actions: 'conversions', action_values: 'conversion_values' } as const;

/** Where the chosen types stand: contacts, applications and the like have lists of their own. */
const listsOf = (list: Lists, { conversions }: Pick<Settings, 'conversions'>): readonly string[] =>
  conversions.some(isInConversions) ? [list, MORE_LISTS[list]] : [list];

export const records = (page: RawPage): readonly unknown[] => recordsIn('Meta insights', page.json(), 'data');

/**
 * A campaign's day. All numbers are text. Meta leaves out what never happened: `actions` without any action, and
 * clicks of a day without one; impressions and spend are always there.
 */
export function map(record: RecordReader, out: RowSink, context: MapContext<Settings>): void {
  const { settings, slice } = context;
  const lists = each([...listsOf('actions', settings), ...listsOf('action_values', settings)], 'a list');
  guardLeftOut(record, { ...each([settings.clicks], 'a number'), ...lists }, known);
  const day = record.as('date_start', askedDay(windowOf(slice)));
  if (record.textOrNull('date_stop') !== day)
    throw record.error('date_stop', 'is not the day that date_start is');
  putCampaignDay(out, 'meta', settings.channel, {
    account_id: record.as('account_id', askedAccount(slice)),
    spent_on: day,
    campaign_id: record.as('campaign_id', digits),
    campaign_name: record.text('campaign_name'),
    impressions: record.integer('impressions'),
    clicks: record.integerOrNull(settings.clicks) ?? 0,
    cost: record.as('spend', roundDecimal),
    conversions: actionsSum(record, 'actions', settings),
    conversion_value: actionsSum(record, 'action_values', settings),
    currency: record.as('account_currency', currencyCode),
  });
}

/**
 * The sum over the action types that count as conversions: `{ action_type, value, 7d_click?, 1d_view? … }`. `value` is
 * what the ad sets' own attribution gives; with windows chosen, theirs are added (a conversion after a click is in no view window).
 */
export function actionsSum(
  record: RecordReader,
  field: Lists,
  settings: Pick<Settings, 'conversions' | 'click_window' | 'view_window'>,
): string {
  const windows = windowsOf(settings);
  const byType = actionsByType(record, listsOf(field, settings));
  const present = [...byType.keys()];
  const counted = settings.conversions
    .flatMap((wanted) => standInsFor(wanted, present))
    .flatMap((type) => byType.get(type) ?? []);
  const values = counted.flatMap((action) => {
    if (windows.length === 0) return [action.as('value', roundDecimal)];
    guardLeftOut(action, each(windows, 'a number'), KNOWN_OF_ACTIONS);
    return windows.map((window) => action.asOrNull(window, roundDecimal) ?? '0');
  });
  return named(record, field, () => sumDecimals(values));
}

/** A type that stands in two lists is the same figure: the first list has it. Within one list each entry counts. */
function actionsByType(record: RecordReader, lists: readonly string[]): Map<string, RecordReader[]> {
  const found = new Map<string, RecordReader[]>();
  for (const list of lists) {
    const own = new Map<string, RecordReader[]>();
    for (const action of record.records(list)) {
      const type = action.text('action_type');
      own.set(type, [...(own.get(type) ?? []), action]);
    }
    for (const [type, actions] of own) if (!found.has(type)) found.set(type, actions);
  }
  return found;
}

/** What an action may hold beside its windows. */
const KNOWN_OF_ACTIONS = [
  'action_type',
  'value',
  'inline',
  '1d_click',
  '7d_click',
  '28d_click',
  '1d_view',
  '7d_view',
  '28d_view',
];

export const known: readonly string[] = [
  ...fieldsOf({ clicks: 'clicks', conversions: ['contact_total'] }),
  'inline_link_clicks',
  'date_start',
  'date_stop',
];
