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
advice:
  en: >-
    Look at the acquisition cost by channel first: it moves faster. Below 3 winning a customer leaves little; below
    1 it loses money.
  fr: >-
    Regarder d’abord le coût d’acquisition par canal : il bouge plus vite. Sous 3, un client gagné laisse peu ; sous
    1, il coûte.
unit: ratio
measures: [customer_revenue, customers, customers_ever, lifespan_days, acquisition_cost, new_customers]
ratio: true
additive: false
good: up
windows: [last_365d]
headline: last_365d
theme: customers
audience: [executive, marketing, finance]
*/
-- Customer lifetime value over customer acquisition cost, as in the two KPIs of these names.
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  CAST(CAST(CAST(customer_revenue AS double) * lifespan_days AS double) / NULLIF(365 * customers_ever, 0) AS double)
    / NULLIF(customers, 0) AS numerator,
  CAST(acquisition_cost AS double) / NULLIF(new_customers, 0) AS denominator
FROM measured
WHERE customers > 0 AND customer_revenue IS NOT NULL AND acquisition_cost IS NOT NULL
