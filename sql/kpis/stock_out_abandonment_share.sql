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
WITH by_cart AS (
  SELECT settles_on, cart_id, abandoned, bool_or(out_of_stock) AS stock_out
  FROM settled_cart_items
  WHERE out_of_stock IS NOT NULL
  GROUP BY settles_on, cart_id, abandoned
),
by_category AS (
  SELECT settles_on, category, cart_id, abandoned, bool_or(out_of_stock) AS stock_out
  FROM settled_cart_items
  WHERE out_of_stock IS NOT NULL
  GROUP BY settles_on, category, cart_id, abandoned
),
by_brand AS (
  SELECT settles_on, brand, cart_id, abandoned, bool_or(out_of_stock) AS stock_out
  FROM settled_cart_items
  WHERE out_of_stock IS NOT NULL
  GROUP BY settles_on, brand, cart_id, abandoned
)
SELECT
  settles_on AS day,
  CAST(NULL AS varchar) AS dimension,
  CAST(NULL AS varchar) AS member,
  count_if(abandoned AND stock_out) AS numerator,
  count_if(abandoned) AS denominator
FROM by_cart
GROUP BY settles_on
UNION ALL
SELECT
  settles_on AS day,
  'category' AS dimension,
  category AS member,
  count_if(abandoned AND stock_out) AS numerator,
  count_if(abandoned) AS denominator
FROM by_category
GROUP BY settles_on, category
UNION ALL
SELECT
  settles_on AS day,
  'brand' AS dimension,
  brand AS member,
  count_if(abandoned AND stock_out) AS numerator,
  count_if(abandoned) AS denominator
FROM by_brand
GROUP BY settles_on, brand
