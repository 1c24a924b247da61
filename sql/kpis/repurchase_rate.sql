/*
names:
  en: Repurchase rate
  fr: Taux de réachat
describes:
  en: Customers with at least two orders in the window, out of all customers who ordered in it. Returns are no orders.
  fr: >-
    Clients ayant passé au moins deux commandes sur la période, rapportés à tous les clients ayant commandé. Les retours
    ne sont pas des commandes.
advice:
  en: >-
    Many new customers lower it without harm. Otherwise look at what follows a first order: delivery time, claims,
    stock-outs.
  fr: >-
    Beaucoup de nouveaux clients le font baisser sans dommage. Sinon, regarder ce qui suit la première commande :
    délai, réclamations, ruptures.
unit: percent
numerator: repeat_customers
denominator: customers
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_365d
dimensions: [region, industry]
theme: sales
audience: [executive, sales, marketing]
*/
