/*
names:
  en: Orders per customer
  fr: Commandes par client
describes:
  en: >-
    Orders that have a customer, for each customer who placed at least one order in the window: how often a customer
    buys. Returns are no orders; its denominator is the number of customers who ordered.
  fr: >-
    Commandes rattachées à un client, par client ayant passé au moins une commande sur la période : la fréquence d’achat.
    Les retours ne sont pas des commandes ; le dénominateur est le nombre de clients ayant commandé.
advice:
  en: >-
    A longer interval between orders comes before losing a customer: list those whose orders fell, and have them
    called.
  fr: >-
    Un intervalle qui s’allonge précède la perte d’un client : lister ceux qui commandent moins, et les faire
    appeler.
unit: ratio
numerator: customer_orders
denominator: customers
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_365d
dimensions: [region, industry]
theme: sales
audience: [executive, sales, marketing]
*/
