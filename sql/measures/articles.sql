/*
describes: Articles on documents that count; a line that is no article (a fee) is left out.
values:
  units: sum quantity
  article_orders: sum orders by order_id
*/
SELECT
  d.ordered_on AS day,
  d.channel,
  l.product_id,
  l.order_id,
  l.quantity,
  CASE WHEN d.kind = 'order' THEN 1 ELSE 0 END AS orders
FROM order_lines l
JOIN sales_documents d ON d.order_id = l.order_id
WHERE l.product_id IS NOT NULL
