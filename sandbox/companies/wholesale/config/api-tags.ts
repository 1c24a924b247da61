import { CHANNEL_GROUP } from '../../../vendors/ga4/report.ts';
import { PROPERTY_ID } from '../../../vendors/ga4/vendor.ts';
import { PROPERTY } from '../business/web.ts';
import type { Origins } from './origins.ts';

/** Sessions, from Google Analytics. */
export const tagsApi = (origins: Origins, startsOn: string): string =>
  `  # Google Analytics: sessions by day, device, channel and landing page.
  - kind: ga4
    name: tags
    starts_on: ${startsOn}
    property: '${PROPERTY_ID}'
    site: ${PROPERTY}
    # A channel group of the company's own, whose channels are called as in ad_spend: cost and sessions can be compared.
    channel_dimension: sessionCustomChannelGroup:${CHANNEL_GROUP}
    landing_groups:
      - { group: home, matches: '^/([a-z]{2}/)?$' }
      - { group: category, matches: ^/c/ }
      - { group: product, matches: ^/p/ }
      - { group: offer, matches: ^/offers/ }
      - { group: help, matches: ^/help/ }
    # A small property: a month at once is never sampled.
    days_at_once: 31
    # When the newest session is more than a day of trade old, the figures made from them are called stale.
    max_age_days: 1
    secret: \${secret:ga4}
    base_url: ${origins('ga4')}
    token_url: ${origins('ga4')}/token
`;

/** Events, from Google's export to BigQuery. */
export const tagsExport = `  # Single events come as files, from Google's daily export to BigQuery: newline JSON, nested.
  - kind: files
    name: tags-export
    feeds:
      - table: page_views
        path: exports/ga4/events_{date}.ndjson.gz
        dates: YYYYMMDD
        timestamps: unix_us
        max_age_days: 1
        where:
          - { column: event_name, in: [page_view, view_item, view_search_results, add_to_cart] }
          # Visitors who did not agree: Google gives bare events, which are not read.
          - { column: privacy_info.analytics_storage, equals: 'Yes' }
        columns:
          page_view_id: { join: [user_pseudo_id, event_timestamp, event_name] }
          # A parameter of the shop's own, the number that carts and orders carry too.
          session_id: event_params.shop_session
          property: { constant: ${PROPERTY} }
          viewed_on: event_date
          viewed_at: event_timestamp
          kind: { from: event_name, values: { page_view: page, view_item: product, view_search_results: search, add_to_cart: cart_change } }
          product_id: { from: items.0.item_id, optional: true }
          page_group: { from: event_params.page_group, optional: true }
`;
