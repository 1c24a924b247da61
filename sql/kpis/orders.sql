/*
names:
  en: Orders
  fr: Commandes
describes:
  en: Number of orders received. Returns are no orders, and cancelled orders are left out.
  fr: Nombre de commandes reçues. Les retours ne sont pas des commandes et les commandes annulées sont écartées.
unit: count
ratio: false
grain: day
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
views: [sales_documents]
additive: true
audience: [executive, sales]
runbook: docs/kpis.md#orders
*/
SELECT
  ordered_on AS day,
  CASE
    WHEN channel IS NOT NULL THEN 'channel'
    WHEN region IS NOT NULL THEN 'region'
    WHEN industry IS NOT NULL THEN 'industry'
  END AS dimension,
  coalesce(channel, region, industry) AS member,
  count_if(kind = 'order') AS numerator
FROM sales_documents
GROUP BY GROUPING SETS ((ordered_on), (ordered_on, channel), (ordered_on, region), (ordered_on, industry))
