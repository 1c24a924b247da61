/*
describes: >-
  What the customers of a window of 365 days are worth over their whole life: average order value × orders per customer
  per year × mean lifespan in years. The one place where this is said; needs the whole history of orders. Columns:
  as_of, period, comparison, dimension, member (both 'total' for the total), customers (who ordered in the window) and
  lifetime_revenue (of all of them; over customers it is the value of one).
reads: []
views: [sales_windows, customer_windows, lifespan_windows]
*/
-- (revenue / orders) × (orders / customers) × lifespan = revenue / customers × lifespan, both for documents that have a
-- customer and a window of one year. The mean lifespan is over all who ever ordered, the lost ones too.
SELECT
  c.as_of,
  c.period,
  c.comparison,
  c.dimension,
  c.member,
  c.customers,
  CAST(CAST(s.customer_amount AS double) * l.lifespan_days AS double) / NULLIF(365 * l.customers, 0) AS lifetime_revenue
FROM customer_windows c
JOIN sales_windows s
  ON s.as_of = c.as_of
  AND s.period = c.period
  AND s.comparison = c.comparison
  AND s.dimension = c.dimension
  AND s.member = c.member
JOIN lifespan_windows l
  ON l.as_of = c.as_of
  AND l.period = c.period
  AND l.comparison = c.comparison
  AND l.dimension = c.dimension
  AND l.member = c.member
WHERE c.customers > 0 AND s.customer_amount IS NOT NULL
