/*
names:
  en: Stock-out share of abandoned carts
  fr: Part des paniers abandonnés sur rupture
describes:
  en: >-
    Abandoned carts that held an item out of stock, out of the abandoned carts whose stock situation is known. Within a
    category or brand: out of stock in that category or brand.
  fr: >-
    Paniers abandonnés contenant un article en rupture, rapportés aux paniers abandonnés dont l’état du stock est connu.
    Dans une catégorie ou une marque : en rupture dans cette catégorie ou cette marque.
advice:
  en: >-
    Replenish the brand or category named, the one with the largest lost sales first.
  fr: >-
    Réapprovisionner la marque ou la catégorie citée, en commençant par celle dont les ventes perdues sont les plus
    élevées.
unit: percent
numerator: sum stock_out_carts by cart_id
denominator: sum abandoned_carts by cart_id
good: down
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [category, brand]
theme: storefront
audience: [ecommerce, sales]
*/
-- A cart counts once in each category and brand that it holds.
SELECT
  c.settles_on AS day,
  c.cart_id,
  l.product_id,
  CASE WHEN c.abandoned AND l.out_of_stock THEN 1 ELSE 0 END AS stock_out_carts,
  CASE WHEN c.abandoned THEN 1 ELSE 0 END AS abandoned_carts
FROM settled_carts c
JOIN cart_lines l ON l.cart_id = c.cart_id
WHERE l.out_of_stock IS NOT NULL
