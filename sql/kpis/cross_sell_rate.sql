/*
names:
  en: Cross-sell rate
  fr: Taux de vente croisée
describes:
  en: >-
    Orders that hold articles of at least two product categories, out of all orders of which at least one category is
    known. Articles of unknown category make no second one. Returns and cancelled orders are left out.
  fr: >-
    Commandes contenant des articles d’au moins deux catégories, rapportées à toutes les commandes dont au moins une
    catégorie est connue. Un article de catégorie inconnue n’en fait pas une deuxième. Les retours et les commandes
    annulées sont écartés.
advice:
  en: >-
    Make sure the product catalogue is complete, then look for an offer that sells one category alone.
  fr: >-
    Vérifier que le catalogue est complet, puis chercher une offre qui vend une seule catégorie.
unit: percent
numerator: sum crossing_orders
denominator: sum orders
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [sales_channel]
theme: sales
audience: [executive, sales]
*/
-- Two categories or more: the first and the last in the alphabet differ. No distinct count is needed.
SELECT
  d.ordered_on AS day,
  d.channel,
  CASE WHEN o.first_category <> o.last_category THEN 1 ELSE 0 END AS crossing_orders,
  1 AS orders
FROM sales_documents d
JOIN (
  SELECT l.order_id, min(p.category) AS first_category, max(p.category) AS last_category
  FROM order_lines l
  JOIN products p ON p.product_id = l.product_id
  WHERE p.category IS NOT NULL
  GROUP BY l.order_id
) o ON o.order_id = d.order_id
WHERE d.kind = 'order'
