/*
describes: >-
  Orders and returns that count: a cancelled document counts nowhere. Columns: order_id, kind, ordered_on, customer_id
  (null for a sale to nobody known), channel, programme (the early-order programme; null for an ordinary order), booking
  ('booking' under a programme, else 'ordinary').
*/
SELECT
  order_id,
  kind,
  ordered_on,
  customer_id,
  channel,
  booking_programme AS programme,
  CASE WHEN booking_programme IS NULL THEN 'ordinary' ELSE 'booking' END AS booking
FROM orders
WHERE status <> 'cancelled'
