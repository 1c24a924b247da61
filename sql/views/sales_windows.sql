/*
describes: >-
  Net revenue of each window, in total and by channel, region, industry and booking. Columns: as_of, period, comparison,
  dimension, member (both 'total' for the total), net_amount (orders and returns), customer_amount (of the documents
  with a customer); each is null where no amount is known.
reads: []
views: [sales_lines]
days: { sums: [net_amount, customer_amount] }
*/
WITH daily AS (
  SELECT
    ordered_on AS day,
    channel,
    region,
    industry,
    booking,
    sum(net_amount) AS net_amount,
    sum(CASE WHEN customer_id IS NOT NULL THEN net_amount END) AS customer_amount
  FROM sales_lines
  GROUP BY GROUPING SETS (
    (ordered_on), (ordered_on, channel), (ordered_on, region), (ordered_on, industry), (ordered_on, booking)
  )
)
SELECT
  day,
  CASE
    WHEN channel IS NOT NULL THEN 'channel'
    WHEN region IS NOT NULL THEN 'region'
    WHEN industry IS NOT NULL THEN 'industry'
    WHEN booking IS NOT NULL THEN 'booking'
    ELSE 'total'
  END AS dimension,
  coalesce(channel, region, industry, booking, 'total') AS member,
  net_amount,
  customer_amount
FROM daily
