/*
names:
  en: Revenue per customer
  fr: Chiffre d’affaires par client
describes:
  en: >-
    Net revenue of the documents that have a customer, returns deducted, for each customer who placed at least one order
    in the window.
  fr: >-
    Chiffre d’affaires net des documents rattachés à un client, retours déduits, par client ayant passé au moins une
    commande sur la période.
unit: currency
ratio: true
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur d’activité }
reads:
  orders:
  order_lines:
  customers:
views: [sales_windows, customer_windows]
additive: true
audience: [executive, sales]
runbook: docs/kpis.md#revenue_per_customer
*/
SELECT
  s.as_of,
  s.period,
  s.comparison,
  nullif(s.dimension, 'total') AS dimension,
  CASE WHEN s.dimension <> 'total' THEN s.member END AS member,
  s.customer_amount AS numerator,
  coalesce(c.customers, 0) AS denominator
FROM sales_windows s
LEFT JOIN customer_windows c
  ON c.as_of = s.as_of
  AND c.period = s.period
  AND c.comparison = s.comparison
  AND c.dimension = s.dimension
  AND c.member = s.member
WHERE s.dimension IN ('total', 'region', 'industry') AND s.customer_amount IS NOT NULL
