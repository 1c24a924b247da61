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
views: [customer_value_windows, acquisition_windows]
additive: false
audience: [executive, marketing, finance]
runbook: docs/kpis.md#clv_to_cac_ratio
*/
SELECT
  v.as_of,
  v.period,
  v.comparison,
  CAST(NULL AS varchar) AS dimension,
  CAST(NULL AS varchar) AS member,
  CAST(v.lifetime_revenue AS double) / NULLIF(v.customers, 0) AS numerator,
  CAST(a.cost AS double) / NULLIF(a.new_customers, 0) AS denominator
FROM customer_value_windows v
JOIN acquisition_windows a ON a.as_of = v.as_of AND a.period = v.period AND a.comparison = v.comparison
WHERE v.dimension = 'total' AND a.dimension IS NULL AND a.cost IS NOT NULL
