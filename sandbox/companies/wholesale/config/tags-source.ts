/** The tag system: sessions and page views. */
export const tagsSource = (
  has: (prefix: string) => boolean,
): string => `  # The tag system keeps single sessions and page views for 60 days, and sums of groups before.
  - kind: files
    name: tags
    feeds:
      - table: sessions
        path: exports/tags/sessions_{date}.ndjson
        dates: YYYYMMDD
        # When the newest session is more than a day of trade old, the figures made from them are called stale.
        max_age_days: 1
        columns:
          session_id: session_id
          property: property
          started_on: event_date
          started_at: started
          session_count: { constant: 1 }
          ordering_session_count: conversions
          bounced_session_count: bounces
          device: device.category
          channel: traffic.channel
          landing_group: landing.group
          customer_id: user.customer
          consented: consent
      - table: page_views
        path: exports/tags/page_views_{date}.ndjson.gz
        dates: YYYYMMDD
        max_age_days: 1
        columns:
          page_view_id: event_id
          session_id: session_id
          property: property
          viewed_on: event_date
          viewed_at: event_time
          kind: { from: event_name, values: { page_view: page, view_item: product, view_search_results: search, add_to_cart: cart_change } }
          product_id: item_id
          page_group: page_group
${has('exports/tags/history/') ? HISTORY : ''}`;

const HISTORY = `      - table: sessions
        path: exports/tags/history/sessions_{month}.ndjson.gz
        dates: YYYYMMDD
        max_age_days: null
        columns:
          # A row stands for many sessions: its key is what they have in common.
          session_id: { join: [event_date, device, channel, landing_group], with: '/' }
          property: property
          started_on: event_date
          session_count: sessions
          ordering_session_count: conversions
          bounced_session_count: bounces
          device: device
          channel: channel
          landing_group: landing_group
`;
