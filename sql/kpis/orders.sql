/*
names:
  en: Orders
  fr: Commandes
describes:
  en: Number of orders received. Returns are no orders, and cancelled orders are left out.
  fr: Nombre de commandes reçues. Les retours ne sont pas des commandes et les commandes annulées sont écartées.
unit: count
ratio: false
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: mtd
dimensions:
  channel: { en: Sales channel, fr: Canal de vente }
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur d’activité }
reads:
  orders:
  customers:
views: [order_windows]
additive: true
audience: [executive, sales]
runbook: docs/kpis.md#orders
*/
SELECT
  as_of,
  period,
  comparison,
  nullif(dimension, 'total') AS dimension,
  CASE WHEN dimension <> 'total' THEN member END AS member,
  orders AS numerator,
  CAST(NULL AS bigint) AS denominator
FROM order_windows
WHERE dimension IN ('total', 'channel', 'region', 'industry')
