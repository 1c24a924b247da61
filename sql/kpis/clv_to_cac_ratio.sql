/*
names:
  en: Lifetime value to acquisition cost
  fr: Valeur vie client sur coût d’acquisition
describes:
  en: >-
    Customer lifetime value divided by customer acquisition cost, both of the same year: what a customer brings for each
    unit spent to win one. No value in a year without new customers or without known cost.
  fr: >-
    Valeur vie client divisée par le coût d’acquisition client, tous deux sur la même année : ce que rapporte un client
    par unité dépensée pour le gagner. Sans nouveau client ou sans coût connu sur l’année, pas de valeur.
unit: ratio
ratio: true
good: up
windows: [last_365d]
headline: last_365d
reads:
  orders: { history: all }
  order_lines:
  customers:
  ad_spend:
  marketing_costs:
views: [customer_value_windows, acquisition_costs, new_customer_days]
additive: false
audience: [executive, marketing, finance]
runbook: docs/kpis.md#clv_to_cac_ratio
*/
WITH costs AS (
  SELECT p.as_of, p.period, p.comparison, sum(a.amount) AS cost
  FROM periods p
  JOIN acquisition_costs a ON a.spent_on BETWEEN p.starts_on AND p.ends_on
  WHERE a.amount IS NOT NULL
  GROUP BY p.as_of, p.period, p.comparison
),
first_days AS (
  SELECT first_ordered_on, sum(new_customers) AS new_customers
  FROM new_customer_days
  GROUP BY first_ordered_on
),
gains AS (
  SELECT p.as_of, p.period, p.comparison, sum(f.new_customers) AS new_customers
  FROM periods p
  JOIN first_days f ON f.first_ordered_on BETWEEN p.starts_on AND p.ends_on
  GROUP BY p.as_of, p.period, p.comparison
)
SELECT
  v.as_of,
  v.period,
  v.comparison,
  CAST(NULL AS varchar) AS dimension,
  CAST(NULL AS varchar) AS member,
  CAST(v.lifetime_revenue AS double) / NULLIF(v.customers, 0) AS numerator,
  CAST(c.cost AS double) / NULLIF(g.new_customers, 0) AS denominator
FROM customer_value_windows v
JOIN costs c ON c.as_of = v.as_of AND c.period = v.period AND c.comparison = v.comparison
LEFT JOIN gains g ON g.as_of = v.as_of AND g.period = v.period AND g.comparison = v.comparison
WHERE v.dimension = 'total'
