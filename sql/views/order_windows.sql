/*
describes: >-
  Orders of each window, in total and by channel, region, industry and booking. A window or member without any
  document has no row. Columns: as_of, period, comparison, dimension, member (both 'total' for the total), documents
  (orders and returns), orders (kind 'order'), customer_orders (those of them that have a customer).
reads: []
views: [sales_documents]
days: { counts: [documents, orders, customer_orders] }
*/
WITH daily AS (
  SELECT
    ordered_on AS day,
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
  documents,
  orders,
  customer_orders
FROM daily
