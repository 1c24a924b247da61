/*
describes: >-
  Active customers at the end of each window, in total and by region: those whose latest order is less than 365 days old.
  Needs 365 days of orders before a window. Columns: as_of, period, comparison, dimension, member (both 'total' for the
  total), customers (at the window's end), gained (how many more than on the day before its start).
reads: []
views: [sales_documents]
days: { counts: [gained], levels: [customers] }
*/
-- A customer becomes active with an order that comes when no earlier one counts any more, and lapses 365 days after an
-- order that none followed in time. Active customers are the running sum of these changes.
WITH visits AS (
  SELECT
    region,
    ordered_on,
    CAST(ordered_on + INTERVAL '365' DAY AS date) AS lapses_on,
    lag(ordered_on, 1, DATE '1900-01-01') OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous_on,
    lead(ordered_on, 1, DATE '9999-12-31') OVER (PARTITION BY customer_id ORDER BY ordered_on) AS next_on
  FROM sales_documents
  WHERE kind = 'order' AND customer_id IS NOT NULL
),
changes AS (
  SELECT v.region, CASE WHEN c.change > 0 THEN v.ordered_on ELSE v.lapses_on END AS day, c.change
  FROM visits v
  CROSS JOIN (VALUES (1), (-1)) AS c (change)
  WHERE
    (c.change > 0 AND CAST(v.previous_on + INTERVAL '365' DAY AS date) <= v.ordered_on)
    OR (c.change < 0 AND v.next_on >= v.lapses_on)
)
SELECT
  day,
  CASE WHEN region IS NOT NULL THEN 'region' ELSE 'total' END AS dimension,
  coalesce(region, 'total') AS member,
  sum(change) AS gained,
  sum(change) AS customers
FROM changes
GROUP BY GROUPING SETS ((day), (day, region))
