/*
describes: Orders that have a customer. Returns and cancelled orders make nobody a customer.
values:
  customer_orders: sum orders
  customers: distinct customer_id
  repeat_customers: repeated customer_id
  prior_customers: prior customer_id
  kept_customers: kept customer_id
*/
SELECT ordered_on AS day, customer_id, 1 AS orders
FROM sales_documents
WHERE kind = 'order' AND customer_id IS NOT NULL
