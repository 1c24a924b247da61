/*
describes: Lines of documents that count, and what each earned. A line of which the margin is not known is none.
values:
  margin: sum known margin
  sold: sum known net_amount
*/
SELECT o.ordered_on AS day, o.customer_id, o.channel, l.product_id, l.margin_amount AS margin,
  CASE WHEN l.margin_amount IS NOT NULL THEN l.net_amount END AS net_amount
FROM order_lines l
JOIN orders o ON o.order_id = l.order_id
WHERE o.status <> 'cancelled'
