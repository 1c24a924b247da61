/*
describes: >-
  Net revenue of each window, in total and by channel, region, industry, category, brand, and by those products and
  customers that are among the top_members of any as-of date. Columns: as_of, period, comparison, dimension, member (both
  'total' for the total), amounts (how many known amounts), net_amount.
reads: [customers, products]
views: [revenue_moves, top_members]
# Only what is known moved: neither is ever NULL.
days: { counts: [amounts, net_amount] }
*/
WITH named_moves AS (
  SELECT
    m.moved_on,
    CASE WHEN m.channel IS NOT NULL THEN 'total' END AS total,
    m.channel,
    CASE WHEN m.customer_id IS NOT NULL THEN coalesce(c.region, '(unknown)') END AS region,
    CASE WHEN m.customer_id IS NOT NULL THEN coalesce(c.industry, '(unknown)') END AS industry,
    CASE WHEN m.product_id IS NOT NULL THEN coalesce(p.category, '(unknown)') END AS category,
    CASE WHEN m.product_id IS NOT NULL THEN coalesce(p.brand, '(unknown)') END AS brand,
    CASE WHEN t.dimension = 'product' THEN t.member END AS product,
    CASE WHEN t.dimension = 'customer' THEN t.member END AS customer,
    m.amounts,
    m.net_amount
  FROM revenue_moves m
  LEFT JOIN customers c ON c.customer_id = m.customer_id
  LEFT JOIN products p ON p.product_id = m.product_id
  LEFT JOIN (SELECT DISTINCT dimension, member FROM top_members) t
    ON t.member = coalesce(m.product_id, m.customer_id)
    AND t.dimension = CASE WHEN m.product_id IS NOT NULL THEN 'product' ELSE 'customer' END
),
member_moves AS (
  SELECT
    moved_on,
    CASE
      WHEN total IS NOT NULL THEN 'total'
      WHEN channel IS NOT NULL THEN 'channel'
      WHEN region IS NOT NULL THEN 'region'
      WHEN industry IS NOT NULL THEN 'industry'
      WHEN category IS NOT NULL THEN 'category'
      WHEN brand IS NOT NULL THEN 'brand'
      WHEN product IS NOT NULL THEN 'product'
      WHEN customer IS NOT NULL THEN 'customer'
    END AS dimension,
    coalesce(total, channel, region, industry, category, brand, product, customer) AS member,
    sum(amounts) AS amounts,
    sum(net_amount) AS net_amount
  FROM named_moves
  GROUP BY GROUPING SETS (
    (moved_on, total),
    (moved_on, channel),
    (moved_on, region),
    (moved_on, industry),
    (moved_on, category),
    (moved_on, brand),
    (moved_on, product),
    (moved_on, customer)
  )
)
SELECT moved_on AS day, dimension, member, amounts, net_amount
FROM member_moves
-- A movement of a channel is in no region: grouped by region, all such make a row without one.
WHERE dimension IS NOT NULL
