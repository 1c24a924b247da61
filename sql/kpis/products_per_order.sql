/*
names:
  en: Products per order
  fr: Produits par commande
describes:
  en: >-
    Distinct articles on each order, on average over the orders that have lines. Returns and cancelled orders are left
    out; a line that is no article (a fee) adds none.
  fr: >-
    Nombre moyen d’articles distincts par commande ayant des lignes. Les retours et les commandes annulées sont écartés ;
    une ligne sans article (frais) n’ajoute rien.
unit: ratio
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
views: [sales_documents]
additive: true
audience: [executive, sales]
runbook: docs/kpis.md#products_per_order
*/
WITH order_products AS (
  SELECT order_id, count(DISTINCT product_id) AS products
  FROM order_lines
  GROUP BY order_id
),
daily AS (
  SELECT d.ordered_on, d.channel, sum(o.products) AS products, count(*) AS orders
  FROM sales_documents d
  JOIN order_products o ON o.order_id = d.order_id
  WHERE d.kind = 'order'
  GROUP BY GROUPING SETS ((d.ordered_on), (d.ordered_on, d.channel))
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  CASE WHEN d.channel IS NOT NULL THEN 'channel' END AS dimension,
  d.channel AS member,
  sum(d.products) AS numerator,
  sum(d.orders) AS denominator
FROM periods p
JOIN daily d ON d.ordered_on BETWEEN p.starts_on AND p.ends_on
GROUP BY p.as_of, p.period, p.comparison, d.channel
