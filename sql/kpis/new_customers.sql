/*
names:
  en: New customers
  fr: Nouveaux clients
describes:
  en: >-
    Customers whose first ever order falls in the window. A return or a cancelled order makes nobody a customer. A
    window with orders but nobody new is zero.
  fr: >-
    Clients dont la toute première commande tombe dans la période. Ni un retour ni une commande annulée ne font un client.
    Une période avec des commandes mais sans nouveau client vaut zéro.
unit: count
ratio: false
grain: day
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: mtd
dimensions:
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur d’activité }
  acquisition_channel: { en: Acquisition channel, fr: Canal d’acquisition }
reads:
  # Whether an order is a customer's first is known from all orders before it.
  orders: { history: all }
  customers:
views: [new_customer_days]
additive: true
audience: [executive, sales, marketing]
runbook: docs/kpis.md#new_customers
*/
WITH customer_days AS (
  SELECT first_ordered_on AS day, region, industry, acquisition_channel, new_customers
  FROM new_customer_days
  UNION ALL
  -- Every order's day, so that a day of orders without a new customer is a 0 and not silence.
  SELECT
    o.ordered_on AS day,
    coalesce(c.region, '(unknown)') AS region,
    coalesce(c.industry, '(unknown)') AS industry,
    coalesce(c.acquisition_channel, '(unknown)') AS acquisition_channel,
    0 AS new_customers
  FROM orders o
  LEFT JOIN customers c ON c.customer_id = o.customer_id
  WHERE o.kind = 'order' AND o.status <> 'cancelled'
)
SELECT
  day,
  CASE
    WHEN region IS NOT NULL THEN 'region'
    WHEN industry IS NOT NULL THEN 'industry'
    WHEN acquisition_channel IS NOT NULL THEN 'acquisition_channel'
  END AS dimension,
  coalesce(region, industry, acquisition_channel) AS member,
  sum(new_customers) AS numerator
FROM customer_days
GROUP BY GROUPING SETS ((day), (day, region), (day, industry), (day, acquisition_channel))
