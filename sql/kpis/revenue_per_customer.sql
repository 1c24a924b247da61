/*
names:
  en: Revenue per customer
  fr: Chiffre d’affaires par client
describes:
  en: >-
    Net revenue of the documents that have a customer, returns deducted, for each customer who placed at least one order
    in the window.
  fr: >-
    Chiffre d’affaires net des documents rattachés à un client, retours déduits, par client ayant passé au moins une
    commande sur la période.
advice:
  en: >-
    Look at its two factors, orders per customer and average order value. Many new customers lower it at first.
  fr: >-
    Regarder ses deux facteurs : commandes par client et panier moyen. Beaucoup de nouveaux clients le font d’abord
    baisser.
unit: currency
numerator: customer_revenue
denominator: customers
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [region, industry]
theme: sales
audience: [executive, sales]
*/
