/*
names:
  en: Average order value
  fr: Panier moyen
describes:
  en: >-
    Net revenue for each order: net amounts of all documents that count, returns deducted, divided by the number of
    orders. Cancelled orders are left out.
  fr: >-
    Chiffre d’affaires net par commande : montants nets de tous les documents retenus, retours déduits, divisés par le
    nombre de commandes. Les commandes annulées sont écartées.
unit: currency
ratio: true
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  channel: { en: Sales channel, fr: Canal de vente }
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur d’activité }
  booking: { en: Booking or ordinary order, fr: Précommande ou commande ordinaire }
reads:
  orders:
  order_lines:
  customers:
views: [sales_windows, order_windows]
additive: true
audience: [executive, sales]
runbook: docs/kpis.md#average_order_value
*/
SELECT
  o.as_of,
  o.period,
  o.comparison,
  nullif(o.dimension, 'total') AS dimension,
  CASE WHEN o.dimension <> 'total' THEN o.member END AS member,
  s.net_amount AS numerator,
  o.orders AS denominator
FROM sales_windows s
JOIN order_windows o
  ON o.as_of = s.as_of
  AND o.period = s.period
  AND o.comparison = s.comparison
  AND o.dimension = s.dimension
  AND o.member = s.member
WHERE s.net_amount IS NOT NULL
