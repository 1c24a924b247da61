/*
describes: >-
  Everybody who ordered by the end of each window, in total and by region and industry, with the days from the opening
  of the account (from the first order where that is not known, or later) to the latest order by then. Needs the whole
  history of orders. Columns: as_of, period, comparison, dimension, member (both 'total' for the total), customers,
  lifespan_days (of all of them).
reads: []
views: [sales_documents]
days: { levels: [customers, lifespan_days] }
*/
-- A lifespan grows by the days since the order before, so that lifespans to date are a running sum.
WITH visits AS (
  SELECT
    region,
    industry,
    ordered_on,
    lag(ordered_on) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous_on,
    CASE WHEN account_opened_on < ordered_on THEN account_opened_on ELSE ordered_on END AS started_on
  FROM sales_documents
  WHERE kind = 'order' AND customer_id IS NOT NULL
)
SELECT
  ordered_on AS day,
  CASE WHEN region IS NOT NULL THEN 'region' WHEN industry IS NOT NULL THEN 'industry' ELSE 'total' END AS dimension,
  coalesce(region, industry, 'total') AS member,
  count_if(previous_on IS NULL) AS customers,
  sum(date_diff('day', coalesce(previous_on, started_on), ordered_on)) AS lifespan_days
FROM visits
GROUP BY GROUPING SETS ((ordered_on), (ordered_on, region), (ordered_on, industry))
