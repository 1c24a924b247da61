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
views: [settled_cart_items, window_edges]
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
),
members AS (
  SELECT
    settles_on AS moved_on,
    CAST(NULL AS varchar) AS dimension,
    CAST(NULL AS varchar) AS member,
    count_if(abandoned AND stock_out) AS stock_out_carts,
    count_if(abandoned) AS abandoned_carts,
    count(*) AS carts
  FROM by_cart
  GROUP BY settles_on
  UNION ALL
  SELECT
    settles_on AS moved_on,
    'category' AS dimension,
    category AS member,
    count_if(abandoned AND stock_out) AS stock_out_carts,
    count_if(abandoned) AS abandoned_carts,
    count(*) AS carts
  FROM by_category
  GROUP BY settles_on, category
  UNION ALL
  SELECT
    settles_on AS moved_on,
    'brand' AS dimension,
    brand AS member,
    count_if(abandoned AND stock_out) AS stock_out_carts,
    count_if(abandoned) AS abandoned_carts,
    count(*) AS carts
  FROM by_brand
  GROUP BY settles_on, brand
),
movements AS (
  SELECT dimension, member, moved_on, stock_out_carts, abandoned_carts, carts
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS stock_out_carts, 0 AS abandoned_carts, 0 AS carts
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(stock_out_carts)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS stock_out_carts,
    sum(sum(abandoned_carts)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS abandoned_carts,
    sum(sum(carts)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS carts
  FROM movements
  GROUP BY dimension, member, moved_on
),
windows AS (
  SELECT
    e.as_of,
    e.period,
    e.comparison,
    t.dimension,
    t.member,
    sum(CASE WHEN e.opening THEN -t.stock_out_carts ELSE t.stock_out_carts END) AS stock_out_carts,
    sum(CASE WHEN e.opening THEN -t.abandoned_carts ELSE t.abandoned_carts END) AS abandoned_carts,
    sum(CASE WHEN e.opening THEN -t.carts ELSE t.carts END) AS carts
  FROM window_edges e
  JOIN to_date t ON t.moved_on = e.edge_on
  GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
)
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  stock_out_carts AS numerator,
  abandoned_carts AS denominator
FROM windows
WHERE carts > 0
