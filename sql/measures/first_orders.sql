/*
describes: >-
  Customers on the day of their first ever order, with the channel that brought them. A return or a cancelled order makes
  nobody a customer.
# Whether an order is a customer's first is known from all orders before it.
reads:
  orders: { history: all }
values:
  new_customers: sum new_customers
*/
SELECT f.day, f.customer_id, c.acquisition_channel AS channel, 1 AS new_customers
FROM (
  SELECT customer_id, min(ordered_on) AS day
  FROM orders
  WHERE kind = 'order' AND status <> 'cancelled' AND customer_id IS NOT NULL
  GROUP BY customer_id
) f
LEFT JOIN customers c ON c.customer_id = f.customer_id
