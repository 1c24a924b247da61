/*
describes: >-
  Cost of marketing (not of sales) in each window, in total and by channel. Columns: as_of, period, comparison, dimension
  and member (null for the total), cost (null where none is known).
reads: []
views: [acquisition_costs]
days: { sums: [cost] }
*/
SELECT
  spent_on AS day,
  CASE WHEN channel IS NOT NULL THEN 'channel' END AS dimension,
  channel AS member,
  sum(amount) AS cost
FROM (
  SELECT spent_on, coalesce(channel, '(unknown)') AS channel, amount
  FROM acquisition_costs
  WHERE kind = 'marketing'
) marketing
GROUP BY GROUPING SETS ((spent_on), (spent_on, channel))
