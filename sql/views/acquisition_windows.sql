/*
describes: >-
  What was spent to win customers in each window, and how many were won, in total and by channel. Columns: as_of, period,
  comparison, dimension and member (null for the total), cost (null where none is known), new_customers.
reads: []
views: [acquisition_costs, new_customer_days]
days: { sums: [cost], counts: [new_customers] }
*/
WITH entries AS (
  SELECT spent_on AS day, coalesce(channel, '(unknown)') AS channel, amount AS cost, 0 AS new_customers
  FROM acquisition_costs
  WHERE amount IS NOT NULL
  UNION ALL
  SELECT first_ordered_on AS day, acquisition_channel AS channel, NULL AS cost, new_customers
  FROM new_customer_days
)
SELECT
  day,
  CASE WHEN channel IS NOT NULL THEN 'channel' END AS dimension,
  channel AS member,
  sum(cost) AS cost,
  sum(new_customers) AS new_customers
FROM entries
GROUP BY GROUPING SETS ((day), (day, channel))
