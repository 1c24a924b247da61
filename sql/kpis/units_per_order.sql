/*
names:
  en: Units per order
  fr: Unités par commande
describes:
  en: >-
    Units of articles, returns deducted, for each order. By category: units of the category for each order that holds it.
    Cancelled orders and lines that are no article (fees) are left out.
  fr: >-
    Unités d’articles, retours déduits, par commande. Par catégorie : unités de la catégorie par commande qui la contient.
    Les commandes annulées et les lignes sans article (frais) sont écartées.
advice:
  en: >-
    One category with many stock-outs: its stock. All alike: minimum quantities and freight thresholds.
  fr: >-
    Une catégorie souvent en rupture : son stock. Toutes : quantités minimales et seuils de franco de port.
unit: units
measures: [units, category_orders, orders]
ratio: true
additive: false
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [sales_channel, category]
theme: sales
audience: [executive, sales]
*/
-- Orders of the total and of the channels are those of the KPI orders; within a category, those that hold an article of it.
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  units AS numerator,
  CASE WHEN dimension = 'category' THEN category_orders ELSE orders END AS denominator
FROM measured
WHERE units IS NOT NULL
