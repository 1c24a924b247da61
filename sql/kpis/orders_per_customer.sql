/*
names:
  en: Orders per customer
  fr: Commandes par client
describes:
  en: >-
    Orders that have a customer, for each customer who placed at least one order in the window: how often a customer
    buys. Returns are no orders; its denominator is the number of customers who ordered.
  fr: >-
    Commandes rattachées à un client, par client ayant passé au moins une commande sur la période : la fréquence d’achat.
    Les retours ne sont pas des commandes ; le dénominateur est le nombre de clients ayant commandé.
unit: ratio
ratio: true
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_365d
dimensions:
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur d’activité }
reads:
  orders:
  customers:
views: [order_windows, customer_windows]
additive: true
audience: [executive, sales, marketing]
runbook: docs/kpis.md#orders_per_customer
*/
SELECT
  c.as_of,
  c.period,
  c.comparison,
  nullif(c.dimension, 'total') AS dimension,
  CASE WHEN c.dimension <> 'total' THEN c.member END AS member,
  o.customer_orders AS numerator,
  c.customers AS denominator
FROM customer_windows c
JOIN order_windows o
  ON o.as_of = c.as_of
  AND o.period = c.period
  AND o.comparison = c.comparison
  AND o.dimension = c.dimension
  AND o.member = c.member
WHERE c.customers > 0
