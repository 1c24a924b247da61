import { localText } from '../../../kit/calendar.ts';
import type { PageView, Session, SessionGroup } from '../business/sessions.ts';
import { PROPERTY, sessionId } from '../business/web.ts';

/** The tag system: event date as YYYYMMDD, nested facts; old days only as sums of groups. */
export function sessionLine(session: Session): string {
  return JSON.stringify({
    session_id: sessionId(session.day, session.number),
    property: PROPERTY,
    event_date: session.day.compact,
    started: localText(session.day, session.second),
    device: { category: session.device },
    traffic: { channel: session.channel },
    landing: { group: session.landing },
    user: { customer: session.customer },
    consent: session.consented,
    conversions: session.ordered ? 1 : 0,
    bounces: session.bounced ? 1 : 0,
  });
}

export function groupLine(group: SessionGroup): string {
  return JSON.stringify({
    event_date: group.day.compact,
    property: PROPERTY,
    device: group.device,
    channel: group.channel,
    landing_group: group.landing,
    sessions: group.sessions,
    conversions: group.ordering,
    bounces: group.bounced,
  });
}

export function pageViewLine(session: Session, view: PageView): string {
  return JSON.stringify({
    event_id: view.id,
    event_name:
      view.kind === 'page'
        ? 'page_view'
        : view.kind === 'product'
          ? 'view_item'
          : view.kind === 'search'
            ? 'view_search_results'
            : 'add_to_cart',
    event_date: session.day.compact,
    event_time: localText(session.day, view.second),
    session_id: sessionId(session.day, session.number),
    property: PROPERTY,
    item_id: view.product,
    page_group: view.group,
  });
}
