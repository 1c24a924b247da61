/*
names:
  en: Customer retention rate
  fr: Taux de fidélisation
describes:
  en: >-
    Customers who ordered in the 365 days before the window and again in it, out of all customers of those 365 days
    before. Returns and cancelled orders keep nobody.
  fr: >-
    Clients ayant commandé dans les 365 jours précédant la période et à nouveau pendant celle-ci, rapportés à tous les
    clients de ces 365 jours. Ni retours ni commandes annulées ne retiennent un client.
unit: percent
ratio: true
good: up
windows: [last_365d]
headline: last_365d
dimensions:
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur d’activité }
reads:
  orders:
  customers:
views: [sales_documents]
additive: true
audience: [executive, sales]
runbook: docs/kpis.md#customer_retention_rate
*/
-- Of the orders before a window, each customer has exactly one that is the last. The customer came back when the order
-- that follows it lies in the window.
WITH visits AS (
  SELECT
    region,
    industry,
    ordered_on,
    lead(ordered_on, 1, DATE '9999-12-31') OVER (PARTITION BY customer_id ORDER BY ordered_on) AS next_on
  FROM sales_documents
  WHERE kind = 'order' AND customer_id IS NOT NULL
),
spans AS (
  SELECT
    CASE WHEN region IS NOT NULL THEN 'region' WHEN industry IS NOT NULL THEN 'industry' END AS dimension,
    coalesce(region, industry) AS member,
    ordered_on,
    next_on,
    count(*) AS customers
  FROM visits
  WHERE ordered_on < next_on
  GROUP BY GROUPING SETS ((ordered_on, next_on), (ordered_on, next_on, region), (ordered_on, next_on, industry))
),
last_visits AS (
  SELECT d.ordered_on, d.next_on, p.as_of, p.period, p.comparison, d.next_on <= p.ends_on AS came_back
  FROM (SELECT DISTINCT ordered_on, next_on FROM spans) d
  JOIN periods p
    ON d.ordered_on BETWEEN p.prior_starts_on AND p.prior_ends_on
    AND d.next_on > p.prior_ends_on
)
SELECT
  v.as_of,
  v.period,
  v.comparison,
  s.dimension,
  s.member,
  sum(CASE WHEN v.came_back THEN s.customers ELSE 0 END) AS numerator,
  sum(s.customers) AS denominator
FROM last_visits v
JOIN spans s ON s.ordered_on = v.ordered_on AND s.next_on = v.next_on
GROUP BY v.as_of, v.period, v.comparison, s.dimension, s.member
