/*
describes: >-
  Net revenue of each window, in total and by channel, region, industry and booking. A window or member without any
  known amount has no row. Columns: as_of, period, comparison, dimension, member (both 'total' for the total),
  net_amount (orders and returns), customer_amount and
  customer_amounts (that of the documents with a customer, and of how many known amounts it is the sum).
reads: []
views: [sales_lines, window_edges]
*/
WITH daily AS (
  SELECT
    ordered_on,
    channel,
    region,
    industry,
    booking,
    count(net_amount) AS amounts,
    sum(net_amount) AS net_amount,
    count(CASE WHEN customer_id IS NOT NULL THEN net_amount END) AS customer_amounts,
    sum(CASE WHEN customer_id IS NOT NULL THEN net_amount END) AS customer_amount
  FROM sales_lines
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
    amounts,
    customer_amounts,
    coalesce(net_amount, 0) AS net_amount,
    coalesce(customer_amount, 0) AS customer_amount
  FROM daily
),
movements AS (
  SELECT dimension, member, ordered_on AS moved_on, amounts, customer_amounts, net_amount, customer_amount
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS amounts, 0 AS customer_amounts, 0 AS net_amount, 0 AS customer_amount
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(amounts)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS amounts,
    sum(sum(customer_amounts)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS customer_amounts,
    sum(sum(net_amount)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS net_amount,
    sum(sum(customer_amount)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS customer_amount
  FROM movements
  GROUP BY dimension, member, moved_on
)
SELECT
  e.as_of,
  e.period,
  e.comparison,
  t.dimension,
  t.member,
  sum(CASE WHEN e.opening THEN -t.net_amount ELSE t.net_amount END) AS net_amount,
  sum(CASE WHEN e.opening THEN -t.customer_amount ELSE t.customer_amount END) AS customer_amount,
  sum(CASE WHEN e.opening THEN -t.customer_amounts ELSE t.customer_amounts END) AS customer_amounts
FROM window_edges e
JOIN to_date t ON t.moved_on = e.edge_on
GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
HAVING sum(CASE WHEN e.opening THEN -t.amounts ELSE t.amounts END) > 0
