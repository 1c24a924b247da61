/*
describes: >-
  Customers who ordered in each window, in total and by region and industry. Columns: as_of, period, comparison,
  dimension, member (both 'total' for the total), customers, repeat_customers (those who ordered at least twice).
reads: []
views: [sales_documents]
*/
-- Distinct customers do not add up from day to day, but first orders of a window do: an order is its customer's first
-- since day s exactly when s lies after the customer's order before it and not after the order itself.
WITH ordering AS (
  SELECT
    region,
    industry,
    ordered_on,
    lag(ordered_on, 1, DATE '1900-01-01') OVER (PARTITION BY customer_id ORDER BY ordered_on, order_id) AS previous_on,
    lag(ordered_on, 2, DATE '1900-01-01') OVER (PARTITION BY customer_id ORDER BY ordered_on, order_id) AS one_before_on
  FROM sales_documents
  WHERE kind = 'order' AND customer_id IS NOT NULL
),
-- The orders that are their customer's first (or second) since every day after `after_on` and up to `upto_on`.
turns AS (
  SELECT region, industry, previous_on AS after_on, ordered_on AS upto_on, ordered_on, 1 AS customers, 0 AS repeat_customers
  FROM ordering
  UNION ALL
  SELECT region, industry, one_before_on AS after_on, previous_on AS upto_on, ordered_on, 0 AS customers, 1 AS repeat_customers
  FROM ordering
  WHERE previous_on > DATE '1900-01-01'
),
members AS (
  SELECT
    CASE WHEN region IS NOT NULL THEN 'region' WHEN industry IS NOT NULL THEN 'industry' ELSE 'total' END AS dimension,
    coalesce(region, industry, 'total') AS member,
    after_on,
    upto_on,
    ordered_on,
    sum(customers) AS customers,
    sum(repeat_customers) AS repeat_customers
  FROM turns
  WHERE after_on < upto_on
  GROUP BY GROUPING SETS (
    (after_on, upto_on, ordered_on),
    (after_on, upto_on, ordered_on, region),
    (after_on, upto_on, ordered_on, industry)
  )
),
-- Days on which windows start, each with the last day that any of them reaches.
starts AS (
  SELECT starts_on, max(ends_on) AS last_on
  FROM periods
  GROUP BY starts_on
),
-- Few spans are distinct: the join over ranges is done on them alone, all others are on equality.
spans AS (
  SELECT m.after_on, m.upto_on, s.starts_on, s.last_on
  FROM (SELECT DISTINCT after_on, upto_on FROM members) m
  JOIN starts s ON s.starts_on > m.after_on AND s.starts_on <= m.upto_on
),
since AS (
  SELECT
    s.starts_on,
    m.ordered_on,
    m.dimension,
    m.member,
    sum(m.customers) AS customers,
    sum(m.repeat_customers) AS repeat_customers
  FROM spans s
  JOIN members m ON m.after_on = s.after_on AND m.upto_on = s.upto_on
  WHERE m.ordered_on <= s.last_on
  GROUP BY s.starts_on, m.ordered_on, m.dimension, m.member
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  s.dimension,
  s.member,
  sum(s.customers) AS customers,
  sum(s.repeat_customers) AS repeat_customers
FROM periods p
JOIN since s ON s.starts_on = p.starts_on AND s.ordered_on <= p.ends_on
GROUP BY p.as_of, p.period, p.comparison, s.dimension, s.member
