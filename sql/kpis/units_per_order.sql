/*
names:
  en: Units per order
  fr: Unités par commande
describes:
  en: >-
    Units of articles, returns deducted, for each order. By category: units of the category for each order that holds it.
    Cancelled orders and lines that are no article (fees) are left out.
  fr: >-
    Unités d’articles, retours déduits, par commande. Par catégorie : unités de la catégorie par commande qui la contient.
    Les commandes annulées et les lignes sans article (frais) sont écartées.
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
views: [unit_windows, order_windows]
# An order counts once in each category that it holds.
additive: false
audience: [executive, sales]
runbook: docs/kpis.md#units_per_order
*/
-- Orders of the total and of the channels are those of the KPI orders; only within a category they are counted here.
SELECT
  u.as_of,
  u.period,
  u.comparison,
  nullif(u.dimension, 'total') AS dimension,
  CASE WHEN u.dimension <> 'total' THEN u.member END AS member,
  u.units AS numerator,
  CASE WHEN u.dimension = 'category' THEN u.orders ELSE o.orders END AS denominator
FROM unit_windows u
LEFT JOIN order_windows o
  ON o.as_of = u.as_of
  AND o.period = u.period
  AND o.comparison = u.comparison
  AND o.dimension = u.dimension
  AND o.member = u.member
