/*
names:
  en: Repurchase rate
  fr: Taux de réachat
describes:
  en: Customers with at least two orders in the window, out of all customers who ordered in it. Returns are no orders.
  fr: >-
    Clients ayant passé au moins deux commandes sur la période, rapportés à tous les clients ayant commandé. Les retours
    ne sont pas des commandes.
unit: percent
ratio: true
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_365d
dimensions:
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur d’activité }
reads:
  orders:
  customers:
views: [customer_windows]
additive: true
audience: [executive, sales, marketing]
runbook: docs/kpis.md#repurchase_rate
*/
SELECT
  as_of,
  period,
  comparison,
  nullif(dimension, 'total') AS dimension,
  CASE WHEN dimension <> 'total' THEN member END AS member,
  repeat_customers AS numerator,
  customers AS denominator
FROM customer_windows
WHERE customers > 0
