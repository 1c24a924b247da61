/*
describes: >-
  Net revenue of sales channels, of products and of customers, by the spans of days between which no window starts or
  ends: of the columns channel, product_id and customer_id exactly one is set ('(unknown)' where the document or line
  has none). Columns: moved_on (the first edge_on of window_edges not before the sale, so that windows have the same
  sums as by day), these three, amounts (how many known amounts), net_amount.
reads: []
views: [sales_documents, sales_lines, window_edges]
*/
-- One as-of date has some forty edges: far fewer rows than by day, where every customer buys on days of their own.
WITH edges AS (
  SELECT DISTINCT edge_on
  FROM window_edges
),
day_edges AS (
  SELECT d.ordered_on, min(e.edge_on) AS edge_on
  FROM (SELECT DISTINCT ordered_on FROM sales_documents) d
  JOIN edges e ON e.edge_on >= d.ordered_on
  GROUP BY d.ordered_on
),
named_lines AS (
  SELECT
    e.edge_on AS moved_on,
    l.channel,
    coalesce(l.product_id, '(unknown)') AS product_id,
    coalesce(l.customer_id, '(unknown)') AS customer_id,
    l.net_amount
  FROM sales_lines l
  JOIN day_edges e ON e.ordered_on = l.ordered_on
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
