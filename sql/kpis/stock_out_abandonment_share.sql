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
unit: percent
ratio: true
grain: day
good: down
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  category: { en: Product category, fr: Catégorie de produits }
  brand: { en: Brand, fr: Marque }
reads:
  carts:
  cart_lines:
  products:
views: [settled_cart_items]
# A cart counts once in each category and each brand that it holds.
additive: false
audience: [ecommerce, sales]
runbook: docs/kpis.md#stock_out_abandonment_share
*/
WITH cart_groups AS (
  SELECT settles_on, category, brand, cart_id, abandoned, bool_or(out_of_stock) AS stock_out
  FROM settled_cart_items
  WHERE out_of_stock IS NOT NULL
  GROUP BY GROUPING SETS (
    (settles_on, cart_id, abandoned),
    (settles_on, category, cart_id, abandoned),
    (settles_on, brand, cart_id, abandoned)
  )
)
SELECT
  settles_on AS day,
  CASE WHEN category IS NOT NULL THEN 'category' WHEN brand IS NOT NULL THEN 'brand' END AS dimension,
  coalesce(category, brand) AS member,
  count_if(abandoned AND stock_out) AS numerator,
  count_if(abandoned) AS denominator
FROM cart_groups
GROUP BY settles_on, category, brand
