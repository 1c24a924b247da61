/*
names:
  en: Products per order
  fr: Produits par commande
describes:
  en: >-
    Distinct articles on each order, on average over the orders that have lines. Returns and cancelled orders are left
    out; a line that is no article (a fee) adds none.
  fr: >-
    Nombre moyen d’articles distincts par commande ayant des lignes. Les retours et les commandes annulées sont écartés ;
    une ligne sans article (frais) n’ajoute rien.
advice:
  en: >-
    Compare with the cross-sell rate; when both fall in one channel, see what recommendations and bundles it still
    shows.
  fr: >-
    Comparer au taux de ventes croisées ; si les deux baissent dans un canal, voir quelles recommandations et quels
    lots il affiche encore.
unit: ratio
numerator: sum products
denominator: sum orders
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [sales_channel]
theme: sales
audience: [executive, sales]
*/
SELECT d.ordered_on AS day, d.channel, o.products, 1 AS orders
FROM sales_documents d
JOIN (SELECT order_id, count(DISTINCT product_id) AS products FROM order_lines GROUP BY order_id) o ON o.order_id = d.order_id
WHERE d.kind = 'order'
