/*
describes: >-
  Amounts of the lines of documents that count, orders and returns (negative); those of early-order programmes apart, and those that
  have a customer. A line whose document has not arrived is left out: nobody can tell whether it was cancelled, and the check of
  referential gaps reports it.
values:
  revenue: sum known net_amount
  booked_revenue: sum known booked_amount
  customer_revenue: sum known customer_amount
*/
SELECT
  d.ordered_on AS day,
  d.customer_id,
  d.channel,
  d.booking,
  d.programme,
  l.product_id,
  l.net_amount,
  CASE WHEN d.booking = 'booking' THEN l.net_amount END AS booked_amount,
  CASE WHEN d.customer_id IS NOT NULL THEN l.net_amount END AS customer_amount
FROM order_lines l
JOIN sales_documents d ON d.order_id = l.order_id
