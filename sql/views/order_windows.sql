/*
describes: >-
  Orders of each window, in total and by channel, region, industry and booking. A window or member without any
  document has no row. Columns: as_of, period, comparison, dimension, member (both 'total' for the total), documents
  (orders and returns), orders (kind 'order'), customer_orders (those of them that have a customer).
reads: []
views: [sales_documents, window_edges]
*/
WITH daily AS (
  SELECT
    ordered_on,
    channel,
    region,
    industry,
    booking,
    count(*) AS documents,
    count_if(kind = 'order') AS orders,
    count_if(kind = 'order' AND customer_id IS NOT NULL) AS customer_orders
  FROM sales_documents
  GROUP BY GROUPING SETS (
    (ordered_on), (ordered_on, channel), (ordered_on, region), (ordered_on, industry), (ordered_on, booking)
  )
),
members AS (
  SELECT
    CASE
      WHEN channel IS NOT NULL THEN 'channel'
      WHEN region IS NOT NULL THEN 'region'
      WHEN industry IS NOT NULL THEN 'industry'
      WHEN booking IS NOT NULL THEN 'booking'
      ELSE 'total'
    END AS dimension,
    coalesce(channel, region, industry, booking, 'total') AS member,
    ordered_on,
    documents,
    orders,
    customer_orders
  FROM daily
),
movements AS (
  SELECT dimension, member, ordered_on AS moved_on, documents, orders, customer_orders
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS documents, 0 AS orders, 0 AS customer_orders
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(documents)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS documents,
    sum(sum(orders)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS orders,
    sum(sum(customer_orders)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS customer_orders
  FROM movements
  GROUP BY dimension, member, moved_on
)
SELECT
  e.as_of,
  e.period,
  e.comparison,
  t.dimension,
  t.member,
  sum(CASE WHEN e.opening THEN -t.documents ELSE t.documents END) AS documents,
  sum(CASE WHEN e.opening THEN -t.orders ELSE t.orders END) AS orders,
  sum(CASE WHEN e.opening THEN -t.customer_orders ELSE t.customer_orders END) AS customer_orders
FROM window_edges e
JOIN to_date t ON t.moved_on = e.edge_on
GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
HAVING sum(CASE WHEN e.opening THEN -t.documents ELSE t.documents END) > 0
