/*
names:
  en: Net revenue
  fr: Chiffre d’affaires net
describes:
  en: >-
    Amounts of all orders and returns, net of tax and discount, in the reporting currency. Returns are negative;
    cancelled documents are left out. Sales to nobody known count too.
  fr: >-
    Montants de toutes les commandes et de tous les retours, hors taxes et remises déduites, dans la devise de référence.
    Les retours sont négatifs ; les documents annulés sont écartés. Les ventes sans client identifié comptent aussi.
unit: currency
ratio: false
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: mtd
dimensions:
  channel: { en: Sales channel, fr: Canal de vente }
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur d’activité }
  category: { en: Product category, fr: Catégorie de produits }
  brand: { en: Brand, fr: Marque }
  # The 50 largest of the year up to the as-of date; the others together are (other).
  product: { en: Product, fr: Produit }
  customer: { en: Customer, fr: Client }
reads:
  orders:
  order_lines:
  customers:
  products:
views: [revenue_moves, top_revenue_windows]
additive: true
audience: [executive, sales, finance]
runbook: docs/kpis.md#net_revenue
*/
WITH members AS (
  SELECT 'total' AS dimension, 'total' AS member, moved_on, sum(amounts) AS amounts, sum(net_amount) AS net_amount
  FROM revenue_moves
  WHERE channel IS NOT NULL
  GROUP BY moved_on
  UNION ALL
  SELECT 'channel' AS dimension, channel AS member, moved_on, amounts, net_amount
  FROM revenue_moves
  WHERE channel IS NOT NULL
  UNION ALL
  SELECT
    CASE WHEN region IS NOT NULL THEN 'region' ELSE 'industry' END AS dimension,
    coalesce(region, industry) AS member,
    moved_on,
    sum(amounts) AS amounts,
    sum(net_amount) AS net_amount
  FROM (
    SELECT
      d.moved_on,
      coalesce(c.region, '(unknown)') AS region,
      coalesce(c.industry, '(unknown)') AS industry,
      d.amounts,
      d.net_amount
    FROM revenue_moves d
    LEFT JOIN customers c ON c.customer_id = d.customer_id
    WHERE d.customer_id IS NOT NULL
  ) customer_days
  GROUP BY GROUPING SETS ((moved_on, region), (moved_on, industry))
  UNION ALL
  SELECT
    CASE WHEN category IS NOT NULL THEN 'category' ELSE 'brand' END AS dimension,
    coalesce(category, brand) AS member,
    moved_on,
    sum(amounts) AS amounts,
    sum(net_amount) AS net_amount
  FROM (
    SELECT
      d.moved_on,
      coalesce(p.category, '(unknown)') AS category,
      coalesce(p.brand, '(unknown)') AS brand,
      d.amounts,
      d.net_amount
    FROM revenue_moves d
    LEFT JOIN products p ON p.product_id = d.product_id
    WHERE d.product_id IS NOT NULL
  ) product_days
  GROUP BY GROUPING SETS ((moved_on, category), (moved_on, brand))
),
movements AS (
  SELECT dimension, member, moved_on, amounts, net_amount
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS amounts, 0 AS net_amount
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(amounts)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS amounts,
    sum(sum(net_amount)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS net_amount
  FROM movements
  GROUP BY dimension, member, moved_on
),
windows AS (
  SELECT
    e.as_of,
    e.period,
    e.comparison,
    t.dimension,
    t.member,
    sum(CASE WHEN e.opening THEN -t.amounts ELSE t.amounts END) AS amounts,
    sum(CASE WHEN e.opening THEN -t.net_amount ELSE t.net_amount END) AS net_amount
  FROM window_edges e
  JOIN to_date t ON t.moved_on = e.edge_on
  GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
),
-- What the 50 leave of the total.
others AS (
  SELECT as_of, period, comparison, dimension, '(other)' AS member, sum(amounts) AS amounts, sum(net_amount) AS net_amount
  FROM (
    SELECT w.as_of, w.period, w.comparison, d.dimension, w.amounts, w.net_amount
    FROM windows w
    CROSS JOIN (VALUES ('product'), ('customer')) AS d (dimension)
    WHERE w.dimension = 'total'
    UNION ALL
    SELECT as_of, period, comparison, dimension, -amounts AS amounts, -net_amount AS net_amount
    FROM top_revenue_windows
  ) parts
  GROUP BY as_of, period, comparison, dimension
)
SELECT
  as_of,
  period,
  comparison,
  nullif(dimension, 'total') AS dimension,
  CASE WHEN dimension <> 'total' THEN member END AS member,
  net_amount AS numerator,
  CAST(NULL AS bigint) AS denominator
FROM (
  SELECT as_of, period, comparison, dimension, member, amounts, net_amount FROM windows
  UNION ALL
  SELECT as_of, period, comparison, dimension, member, amounts, net_amount FROM top_revenue_windows
  UNION ALL
  SELECT as_of, period, comparison, dimension, member, amounts, net_amount FROM others
) figures
WHERE amounts > 0
