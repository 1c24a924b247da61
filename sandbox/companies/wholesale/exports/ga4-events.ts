import type { PageView, Session } from '../business/sessions.ts';
import { sessionId } from '../business/web.ts';

/**
 * Google's export of events, a row an event, as BigQuery writes tables as newline JSON: nested, int64 as text,
 * parameters as lists of key and typed value, only the type that is set. Of visitors who did not agree Google gives
 * the bare event (advanced consent mode): no cookie's number, no session.
 * @see https://support.google.com/analytics/answer/7029846
 */
export function eventLine(session: Session, view: PageView, stream: string): string {
  const { day, number } = session;
  const place = Number(view.id.slice(view.id.lastIndexOf('-') + 1));
  const microseconds = (day.utcMidnight / 1000 - day.offset + view.second) * 1_000_000 + number * 100 + place;
  return JSON.stringify({
    event_date: day.compact,
    event_timestamp: String(microseconds),
    event_name: EVENT_NAMES[view.kind],
    event_params: [
      ...(view.group === null ? [] : [parameter('page_group', 'string_value', view.group)]),
      ...(session.consented ? sessionParameters(session) : []),
    ],
    user_pseudo_id: session.consented ? `${day.compact}${number}.${day.compact}` : null,
    privacy_info: {
      analytics_storage: session.consented ? 'Yes' : 'No',
      ads_storage: session.consented ? 'Yes' : 'No',
      uses_transient_token: 'No',
    },
    device: { category: session.device },
    stream_id: stream,
    platform: 'WEB',
    items: view.product === null ? [] : [{ item_id: view.product }],
  });
}

/** Google's session, and the shop's own number of it, which carts and orders carry too. */
const sessionParameters = ({ day, number, bounced }: Session) => [
  parameter('ga_session_id', 'int_value', String(day.utcMidnight / 1000 + number)),
  parameter('session_engaged', 'string_value', bounced ? '0' : '1'),
  parameter('shop_session', 'string_value', sessionId(day, number)),
];

const parameter = (key: string, kind: 'string_value' | 'int_value', value: string) => ({
  key,
  value: { [kind]: value },
});

const EVENT_NAMES: Readonly<Record<PageView['kind'], string>> = {
  page: 'page_view',
  product: 'view_item',
  search: 'view_search_results',
  cart_change: 'add_to_cart',
};
