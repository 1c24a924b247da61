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
WITH daily AS (
  SELECT
    settles_on,
    category,
    brand,
    count(DISTINCT CASE WHEN abandoned AND out_of_stock THEN cart_id END) AS stock_out_carts,
    count(DISTINCT CASE WHEN abandoned THEN cart_id END) AS abandoned_carts
  FROM settled_cart_items
  WHERE out_of_stock IS NOT NULL
  GROUP BY GROUPING SETS ((settles_on), (settles_on, category), (settles_on, brand))
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  CASE
    WHEN d.category IS NOT NULL THEN 'category'
    WHEN d.brand IS NOT NULL THEN 'brand'
  END AS dimension,
  coalesce(d.category, d.brand) AS member,
  sum(d.stock_out_carts) AS numerator,
  sum(d.abandoned_carts) AS denominator
FROM periods p
JOIN daily d ON d.settles_on BETWEEN p.starts_on AND p.ends_on
GROUP BY p.as_of, p.period, p.comparison, d.category, d.brand
