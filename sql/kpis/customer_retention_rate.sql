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
advice:
  en: >-
    One region: its representative. One industry: a competitor, or the industry itself. The customer count ratio
    shows the same earlier.
  fr: >-
    Une région : son commercial. Un secteur d’activité : un concurrent, ou le secteur lui-même. Le ratio du nombre
    de clients le montre plus tôt.
unit: percent
numerator: kept_customers
denominator: prior_customers
good: up
windows: [last_365d]
headline: last_365d
dimensions: [region, industry]
theme: customers
audience: [executive, sales]
*/
