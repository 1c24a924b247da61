/*
names: { en: Ordered carts without a time, fr: Paniers commandés sans heure }
describes: >-
  Carts that name the order they became, but not when. Whether a cart was ordered within its 24 hours is judged by that
  instant: without it every such cart counts as abandoned.
means:
  en: carts that were ordered have no time of order, and count as abandoned
  fr: des paniers commandés n’ont pas d’heure de commande et comptent comme abandonnés
severity: error
message: "{row_count cart} from {source} name an order and not when they became it ({ordered_share} of those that name one), and count as abandoned."
hint: "Map `ordered_at` of carts. In a file of events it is the time of the first purchase: `{ from: event_timestamp, take: min, when: { column: event_name, equals: purchase } }` with `group_by`."
about: carts
reads: { carts: { history: 800 } }
*/
SELECT
  c._source AS source,
  count(*) FILTER (WHERE c.ordered_at IS NULL) AS row_count,
  CAST(count(*) FILTER (WHERE c.ordered_at IS NULL) AS double) / NULLIF(count(*), 0) AS ordered_share,
  min(CASE WHEN c.ordered_at IS NULL THEN c.cart_id END) AS sample_first
FROM carts AS c
WHERE c.order_id IS NOT NULL
GROUP BY c._source
HAVING count(*) FILTER (WHERE c.ordered_at IS NULL) > 0
