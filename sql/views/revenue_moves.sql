/*
describes: >-
  Net revenue of sales channels, of products and of customers, by the spans of days between which no window starts or
  ends: of the columns channel, product_id and customer_id exactly one is set ('(unknown)' where the document or line
  has none). Columns: moved_on (the last day of the span: windows have the same sums as by day), these three, amounts
  (how many known amounts), net_amount.
reads: []
views: [sales_lines]
*/
WITH named_lines AS (
  SELECT
    d.span_ends_on AS moved_on,
    l.channel,
    coalesce(l.product_id, '(unknown)') AS product_id,
    coalesce(l.customer_id, '(unknown)') AS customer_id,
    l.net_amount
  FROM sales_lines l
  JOIN window_days d ON d.day = l.ordered_on
  WHERE l.net_amount IS NOT NULL
)
SELECT
  moved_on,
  channel,
  product_id,
  customer_id,
  count(*) AS amounts,
  sum(net_amount) AS net_amount
FROM named_lines
GROUP BY GROUPING SETS ((moved_on, channel), (moved_on, product_id), (moved_on, customer_id))
