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
advice:
  en: >-
    See which factor moved: average order value, orders per customer, or the lifespan, which drops when many new
    customers arrive at once.
  fr: >-
    Voir quel facteur a bougé : panier moyen, commandes par client, ou durée de vie, qui baisse quand beaucoup de
    nouveaux clients arrivent à la fois.
unit: currency
measures: [customer_revenue, customers, customers_ever, lifespan_days]
ratio: true
additive: false
good: up
windows: [last_365d]
headline: last_365d
dimensions: [industry, region]
theme: customers
audience: [executive, sales, marketing, finance]
*/
-- (revenue / orders) × (orders / customers) × lifespan = revenue / customers × lifespan. The mean lifespan is over all who
-- ever ordered, the lost ones too.
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  CAST(CAST(customer_revenue AS double) * lifespan_days AS double) / NULLIF(365 * customers_ever, 0) AS numerator,
  customers AS denominator
FROM measured
WHERE customers > 0 AND customer_revenue IS NOT NULL
