/*
names:
  en: Average order value
  fr: Panier moyen
describes:
  en: >-
    Net revenue for each order: net amounts of all documents that count, returns deducted, divided by the number of
    orders. Cancelled orders are left out.
  fr: >-
    Chiffre d’affaires net par commande : montants nets de tous les documents retenus, retours déduits, divisés par le
    nombre de commandes. Les commandes annulées sont écartées.
advice:
  en: >-
    Mix (more small customers) may be welcome. Within a channel: discounts, units per order, a large order in the
    window compared with, a large return.
  fr: >-
    Un effet de mix (davantage de petits clients) peut être bienvenu. Dans un canal : remises, unités par commande,
    une grosse commande dans la période comparée, un gros retour.
unit: currency
numerator: revenue
denominator: orders
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [sales_channel, region, industry, booking]
theme: sales
audience: [executive, sales]
*/
