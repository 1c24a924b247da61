/*
describes: >-
  Touchpoints on the way to an order: those of its customer (or of the lead that became the customer) in the 90 days up to the order's
  day, and after the day of the order before it. Columns: day (of the order), order_id, touched_on, touchpoint_id, kind, channel, place (1
  is the last touch before the order).
reads:
  orders: { history: 90 }
  touchpoints: { history: 90 }
  leads: { history: all, optional: true }
*/
SELECT
  o.ordered_on AS day,
  o.order_id,
  t.touched_on,
  t.touchpoint_id,
  t.kind,
  t.channel,
  row_number() OVER (PARTITION BY o.order_id ORDER BY t.touched_on DESC, t.touched_at DESC, t.touchpoint_id DESC) AS place
FROM (
  SELECT
    order_id,
    ordered_on,
    customer_id,
    lag(ordered_on, 1, DATE '1900-01-01') OVER (PARTITION BY customer_id ORDER BY ordered_on, order_id) AS previous_on
  FROM sales_documents
  WHERE kind = 'order' AND customer_id IS NOT NULL
) o
JOIN (
  SELECT
    h.touchpoint_id,
    h.touched_on,
    coalesce(h.touched_at, CAST(h.touched_on AS timestamp)) AS touched_at,
    h.kind,
    h.channel,
    coalesce(h.customer_id, l.customer_id) AS customer_id
  FROM touchpoints h
  LEFT JOIN leads l ON l.lead_id = h.lead_id
) t
  ON t.customer_id = o.customer_id
    AND t.touched_on > o.previous_on
    AND t.touched_on <= o.ordered_on
    AND t.touched_on >= o.ordered_on - INTERVAL '90' DAY
