/*
describes: >-
  What the customers of a window of 365 days are worth over their whole life: average order value × orders per customer
  per year × mean lifespan in years. The one place where this is said; needs the whole history of orders. Columns:
  as_of, period, comparison, dimension, member (both 'total' for the total), customers (who ordered in the window) and
  lifetime_revenue (of all of them; over customers it is the value of one).
reads: []
views: [sales_documents, window_edges, sales_windows, customer_windows, customer_starts]
*/
-- (revenue / orders) × (orders / customers) × lifespan = revenue / customers × lifespan, both for documents that have a
-- customer and a window of one year. A lifespan runs from the day the account was opened (from the first order where
-- that is not known, or later) to the latest order by the window's end; the mean is over all who ever ordered, the lost
-- ones too. It grows by the days since the order before, so that lifespans to date are a running sum.
WITH visits AS (
  SELECT
    d.region,
    d.industry,
    d.ordered_on,
    lag(d.ordered_on) OVER (PARTITION BY d.customer_id ORDER BY d.ordered_on) AS previous_on,
    s.started_on
  FROM sales_documents d
  JOIN customer_starts s ON s.customer_id = d.customer_id
  WHERE d.kind = 'order'
),
daily AS (
  SELECT
    CASE WHEN region IS NOT NULL THEN 'region' WHEN industry IS NOT NULL THEN 'industry' ELSE 'total' END AS dimension,
    coalesce(region, industry, 'total') AS member,
    ordered_on,
    count_if(previous_on IS NULL) AS customers,
    sum(date_diff('day', coalesce(previous_on, started_on), ordered_on)) AS lifespan_days
  FROM visits
  GROUP BY GROUPING SETS ((ordered_on), (ordered_on, region), (ordered_on, industry))
),
movements AS (
  SELECT dimension, member, ordered_on AS moved_on, customers, lifespan_days
  FROM daily
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS customers, 0 AS lifespan_days
  FROM (SELECT DISTINCT dimension, member FROM daily) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges WHERE NOT opening) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(customers)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS customers,
    sum(sum(lifespan_days)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS lifespan_days
  FROM movements
  GROUP BY dimension, member, moved_on
)
SELECT
  c.as_of,
  c.period,
  c.comparison,
  c.dimension,
  c.member,
  c.customers,
  CAST(CAST(s.customer_amount AS double) * t.lifespan_days AS double) / NULLIF(365 * t.customers, 0) AS lifetime_revenue
FROM customer_windows c
JOIN sales_windows s
  ON s.as_of = c.as_of
  AND s.period = c.period
  AND s.comparison = c.comparison
  AND s.dimension = c.dimension
  AND s.member = c.member
JOIN window_edges e ON e.as_of = c.as_of AND e.period = c.period AND e.comparison = c.comparison AND NOT e.opening
JOIN to_date t ON t.dimension = c.dimension AND t.member = c.member AND t.moved_on = e.edge_on
WHERE s.customer_amounts > 0
