/*
names:
  en: Units per order
  fr: Unités par commande
describes:
  en: >-
    Units of articles, returns deducted, for each order that has lines. By category: units of the category for each order
    that holds it. Cancelled orders and lines that are no article (fees) are left out.
  fr: >-
    Unités d’articles, retours déduits, par commande ayant des lignes. Par catégorie : unités de la catégorie par commande
    qui la contient. Les commandes annulées et les lignes sans article (frais) sont écartées.
unit: units
ratio: true
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  channel: { en: Sales channel, fr: Canal de vente }
  category: { en: Product category, fr: Catégorie de produits }
reads:
  orders:
  order_lines:
  customers:
  products:
views: [sales_lines]
# An order counts once in each category that it holds.
additive: false
audience: [executive, sales]
runbook: docs/kpis.md#units_per_order
*/
WITH category_baskets AS (
  SELECT
    l.order_id,
    l.kind,
    l.ordered_on,
    l.channel,
    CASE WHEN l.product_id IS NOT NULL THEN coalesce(p.category, '(unknown)') END AS category,
    sum(CASE WHEN l.product_id IS NOT NULL THEN l.quantity ELSE 0 END) AS units
  FROM sales_lines l
  LEFT JOIN products p ON p.product_id = l.product_id
  GROUP BY 1, 2, 3, 4, 5
),
baskets AS (
  SELECT order_id, kind, ordered_on, channel, sum(units) AS units
  FROM category_baskets
  GROUP BY order_id, kind, ordered_on, channel
),
daily AS (
  SELECT
    CASE WHEN channel IS NOT NULL THEN 'channel' END AS dimension,
    channel AS member,
    ordered_on,
    sum(units) AS units,
    count_if(kind = 'order') AS orders
  FROM baskets
  GROUP BY GROUPING SETS ((ordered_on), (ordered_on, channel))
  UNION ALL
  SELECT
    'category' AS dimension,
    category AS member,
    ordered_on,
    sum(units) AS units,
    count_if(kind = 'order') AS orders
  FROM category_baskets
  WHERE category IS NOT NULL
  GROUP BY category, ordered_on
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  d.dimension,
  d.member,
  sum(d.units) AS numerator,
  sum(d.orders) AS denominator
FROM periods p
JOIN daily d ON d.ordered_on BETWEEN p.starts_on AND p.ends_on
GROUP BY p.as_of, p.period, p.comparison, d.dimension, d.member
