/*
names:
  en: Repurchase rate
  fr: Taux de réachat
describes:
  en: Customers with at least two orders in the window, out of all customers who ordered in it. Returns are no orders.
  fr: >-
    Clients ayant passé au moins deux commandes sur la période, rapportés à tous les clients ayant commandé. Les retours
    ne sont pas des commandes.
unit: percent
numerator: repeat_customers
denominator: customers
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_365d
dimensions: [region, industry]
audience: [executive, sales, marketing]
*/
