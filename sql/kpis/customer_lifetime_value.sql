/*
names:
  en: Customer lifetime value
  fr: Valeur vie client
describes:
  en: >-
    Average order value × orders per customer per year × mean customer lifespan in years. Order value and frequency are
    those of the customers who ordered in the year; a lifespan runs from the opening of the account (or the first order)
    to the latest order, on average over all who ever ordered. A year has 365 days.
  fr: >-
    Panier moyen × commandes par client et par an × durée de vie moyenne en années. Panier et fréquence sont ceux des
    clients ayant commandé dans l’année ; la durée de vie va de l’ouverture du compte (ou de la première commande) à la
    dernière commande, en moyenne sur tous ceux qui ont déjà commandé. Une année compte 365 jours.
unit: currency
ratio: true
good: up
windows: [last_365d]
headline: last_365d
dimensions:
  industry: { en: Industry, fr: Secteur d’activité }
  region: { en: Region, fr: Région }
reads:
  # Lifespans are known from all orders there are.
  orders: { history: all }
  order_lines:
  customers:
views: [customer_value_windows]
# Each member has its own lifespan.
additive: false
audience: [executive, sales, marketing, finance]
runbook: docs/kpis.md#customer_lifetime_value
*/
SELECT
  as_of,
  period,
  comparison,
  nullif(dimension, 'total') AS dimension,
  CASE WHEN dimension <> 'total' THEN member END AS member,
  lifetime_revenue AS numerator,
  customers AS denominator
FROM customer_value_windows
