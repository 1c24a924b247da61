/*
describes: Amounts of the documents that have a customer.
values:
  customer_revenue: sum known net_amount
*/
SELECT day, customer_id, net_amount
FROM sales
WHERE customer_id IS NOT NULL
