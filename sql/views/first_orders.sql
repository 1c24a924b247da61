/*
describes: >-
  The day of each customer's first ever order. A return or a cancelled order makes nobody a customer. Needs the whole
  history of orders. Columns: customer_id, first_ordered_on.
reads: [orders]
*/
SELECT
  customer_id,
  min(ordered_on) AS first_ordered_on
FROM orders
WHERE kind = 'order' AND status <> 'cancelled' AND customer_id IS NOT NULL
GROUP BY customer_id
