/*
describes: >-
  Net revenue by day and sales channel, by day and product, and by day and customer: of the columns channel, product_id
  and customer_id exactly one is set ('(unknown)' where the document or line has none). Columns: ordered_on, these
  three, amounts (how many known amounts), net_amount.
reads: []
views: [sales_lines]
*/
WITH named_lines AS (
  SELECT
    ordered_on,
    channel,
    coalesce(product_id, '(unknown)') AS product_id,
    coalesce(customer_id, '(unknown)') AS customer_id,
    net_amount
  FROM sales_lines
  WHERE net_amount IS NOT NULL
)
SELECT
  ordered_on,
  channel,
  product_id,
  customer_id,
  count(*) AS amounts,
  sum(net_amount) AS net_amount
FROM named_lines
GROUP BY GROUPING SETS ((ordered_on, channel), (ordered_on, product_id), (ordered_on, customer_id))
