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
views: [new_customer_days, window_edges]
additive: true
audience: [executive, sales, marketing]
runbook: docs/kpis.md#new_customers
*/
WITH customer_days AS (
  SELECT first_ordered_on AS ordered_on, region, industry, acquisition_channel, 0 AS orders, new_customers
  FROM new_customer_days
  UNION ALL
  SELECT
    o.ordered_on,
    coalesce(c.region, '(unknown)') AS region,
    coalesce(c.industry, '(unknown)') AS industry,
    coalesce(c.acquisition_channel, '(unknown)') AS acquisition_channel,
    1 AS orders,
    0 AS new_customers
  FROM orders o
  LEFT JOIN customers c ON c.customer_id = o.customer_id
  WHERE o.kind = 'order' AND o.status <> 'cancelled'
),
daily AS (
  SELECT
    ordered_on,
    region,
    industry,
    acquisition_channel,
    sum(orders) AS orders,
    sum(new_customers) AS new_customers
  FROM customer_days
  GROUP BY GROUPING SETS (
    (ordered_on), (ordered_on, region), (ordered_on, industry), (ordered_on, acquisition_channel)
  )
),
members AS (
  SELECT
    CASE
      WHEN region IS NOT NULL THEN 'region'
      WHEN industry IS NOT NULL THEN 'industry'
      WHEN acquisition_channel IS NOT NULL THEN 'acquisition_channel'
      ELSE 'total'
    END AS dimension,
    coalesce(region, industry, acquisition_channel, 'total') AS member,
    ordered_on,
    orders,
    new_customers
  FROM daily
),
movements AS (
  SELECT dimension, member, ordered_on AS moved_on, orders, new_customers
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS orders, 0 AS new_customers
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(orders)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS orders,
    sum(sum(new_customers)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS new_customers
  FROM movements
  GROUP BY dimension, member, moved_on
)
SELECT
  e.as_of,
  e.period,
  e.comparison,
  nullif(t.dimension, 'total') AS dimension,
  CASE WHEN t.dimension <> 'total' THEN t.member END AS member,
  sum(CASE WHEN e.opening THEN -t.new_customers ELSE t.new_customers END) AS numerator,
  CAST(NULL AS bigint) AS denominator
FROM window_edges e
JOIN to_date t ON t.moved_on = e.edge_on
GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
HAVING sum(CASE WHEN e.opening THEN -t.orders ELSE t.orders END) > 0
