/*
describes: >-
  Articles on documents that count, by day, channel and category; a line that is no article (a fee) is left out. An order counts in
  each category that it holds, so its `category_orders` are told of categories alone: they add up to no total.
values:
  units: sum quantity
  category_orders: sum orders
*/
SELECT
  d.ordered_on AS day,
  d.channel,
  p.category,
  sum(l.quantity) AS quantity,
  count(DISTINCT CASE WHEN d.kind = 'order' THEN d.order_id END) AS orders
FROM order_lines l
JOIN sales_documents d ON d.order_id = l.order_id
LEFT JOIN products p ON p.product_id = l.product_id
WHERE l.product_id IS NOT NULL
GROUP BY d.ordered_on, d.channel, p.category
