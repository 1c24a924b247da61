/*
describes: Documents that count. A return is no order, but a day of returns alone is a day of 0 orders.
values:
  orders: sum orders
*/
SELECT ordered_on AS day, customer_id, channel, booking, CASE WHEN kind = 'order' THEN 1 ELSE 0 END AS orders
FROM sales_documents
