/*
describes: >-
  Documents that count, those of early-order programmes apart. A return is no order, but a day of returns alone is a day of 0 orders.
values:
  orders: sum orders
  booked_orders: sum booked_orders
*/
SELECT
  ordered_on AS day,
  customer_id,
  channel,
  booking,
  programme,
  CASE WHEN kind = 'order' THEN 1 ELSE 0 END AS orders,
  CASE WHEN kind = 'order' AND booking = 'booking' THEN 1 ELSE 0 END AS booked_orders
FROM sales_documents
