/*
describes: >-
  Orders and returns that count (a cancelled document counts nowhere), with what is known of the customer today.
  Columns: order_id, kind, ordered_on, customer_id (null for a sale to nobody known), channel, region, industry
  ('(unknown)' where not known), account_opened_on (null where not known), booking ('booking' under an early-order
  programme, else 'ordinary').
reads: [orders, customers]
*/
SELECT
  o.order_id,
  o.kind,
  o.ordered_on,
  o.customer_id,
  coalesce(o.channel, '(unknown)') AS channel,
  coalesce(c.region, '(unknown)') AS region,
  coalesce(c.industry, '(unknown)') AS industry,
  c.account_opened_on,
  CASE WHEN o.booking_programme IS NULL THEN 'ordinary' ELSE 'booking' END AS booking
FROM orders o
LEFT JOIN customers c ON c.customer_id = o.customer_id
WHERE o.status <> 'cancelled'
