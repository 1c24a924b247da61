/*
describes: >-
  Units of articles sold in each window, in total and by channel and category. Lines that are no article (fees) are left
  out. Columns: as_of, period, comparison, dimension, member (both 'total' for the total), documents, units, orders (each
  of those that hold an article, of the category where it is one).
reads: [order_lines, products]
views: [sales_documents]
days: { counts: [documents, units, orders] }
*/
WITH order_categories AS (
  SELECT
    l.order_id,
    coalesce(p.category, '(unknown)') AS category,
    sum(l.quantity) AS units
  FROM order_lines l
  LEFT JOIN products p ON p.product_id = l.product_id
  WHERE l.product_id IS NOT NULL
  GROUP BY 1, 2
),
daily AS (
  SELECT
    d.ordered_on AS day,
    d.channel,
    o.category,
    count(*) AS documents,
    sum(o.units) AS units,
    count_if(d.kind = 'order') AS orders
  FROM order_categories o
  JOIN sales_documents d ON d.order_id = o.order_id
  GROUP BY GROUPING SETS ((d.ordered_on), (d.ordered_on, d.channel), (d.ordered_on, o.category))
)
SELECT
  day,
  CASE WHEN channel IS NOT NULL THEN 'channel' WHEN category IS NOT NULL THEN 'category' ELSE 'total' END AS dimension,
  coalesce(channel, category, 'total') AS member,
  documents,
  units,
  orders
FROM daily
