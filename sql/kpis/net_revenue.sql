/*
names:
  en: Net revenue
  fr: Chiffre d’affaires net
describes:
  en: >-
    Amounts of all orders and returns, net of tax and discount, in the reporting currency. Returns are negative;
    cancelled documents are left out. Sales to nobody known count too.
  fr: >-
    Montants de toutes les commandes et de tous les retours, hors taxes et remises déduites, dans la devise de référence.
    Les retours sont négatifs ; les documents annulés sont écartés. Les ventes sans client identifié comptent aussi.
advice:
  en: >-
    Make sure no source is late, then look at customers and products against last year. One customer: call its
    representative. Many: see orders and average order value.
  fr: >-
    Vérifier qu’aucune source n’est en retard, puis comparer clients et produits à l’an dernier. Un client : appeler
    son commercial. Plusieurs : voir les commandes et le panier moyen.
unit: currency
numerator: revenue
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: mtd
dimensions: [sales_channel, region, industry, category, brand, product, customer]
theme: sales
audience: [executive, sales, finance]
*/
