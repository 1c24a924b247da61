/*
names:
  en: Cross-sell rate
  fr: Taux de vente croisée
describes:
  en: >-
    Orders that hold articles of at least two product categories, out of all orders of which at least one category is
    known. Articles of unknown category make no second one. Returns and cancelled orders are left out.
  fr: >-
    Commandes contenant des articles d’au moins deux catégories, rapportées à toutes les commandes dont au moins une
    catégorie est connue. Un article de catégorie inconnue n’en fait pas une deuxième. Les retours et les commandes
    annulées sont écartés.
unit: percent
ratio: true
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  channel: { en: Sales channel, fr: Canal de vente }
reads:
  orders:
  order_lines:
  customers:
  products:
views: [sales_documents]
additive: true
audience: [executive, sales]
runbook: docs/kpis.md#cross_sell_rate
*/
-- Two categories or more: the first and the last in the alphabet differ. No distinct count is needed.
WITH order_categories AS (
  SELECT l.order_id, min(p.category) AS first_category, max(p.category) AS last_category
  FROM order_lines l
  JOIN products p ON p.product_id = l.product_id
  WHERE p.category IS NOT NULL
  GROUP BY l.order_id
),
daily AS (
  SELECT
    d.ordered_on,
    d.channel,
    count_if(o.first_category <> o.last_category) AS crossing_orders,
    count(*) AS orders
  FROM sales_documents d
  JOIN order_categories o ON o.order_id = d.order_id
  WHERE d.kind = 'order'
  GROUP BY GROUPING SETS ((d.ordered_on), (d.ordered_on, d.channel))
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  CASE WHEN d.channel IS NOT NULL THEN 'channel' END AS dimension,
  d.channel AS member,
  sum(d.crossing_orders) AS numerator,
  sum(d.orders) AS denominator
FROM periods p
JOIN daily d ON d.ordered_on BETWEEN p.starts_on AND p.ends_on
GROUP BY p.as_of, p.period, p.comparison, d.channel
