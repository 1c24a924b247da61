/*
names:
  en: Units added to carts
  fr: Unités ajoutées au panier
describes:
  en: Units of all items added to carts, ordered afterwards or not, on the day on which they were added.
  fr: Unités de tous les articles ajoutés aux paniers, commandés ensuite ou non, au jour de leur ajout.
unit: units
ratio: false
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  category: { en: Product category, fr: Catégorie de produits }
  brand: { en: Brand, fr: Marque }
reads:
  # A line is filed under the day on which its cart settles, which comes after the day on which the item was added.
  cart_lines: { ahead: all }
  products:
views: [window_edges]
additive: true
audience: [ecommerce, marketing]
runbook: docs/kpis.md#products_added_to_cart
*/
WITH added AS (
  SELECT
    l.added_on,
    coalesce(p.category, '(unknown)') AS category,
    coalesce(p.brand, '(unknown)') AS brand,
    l.quantity
  FROM cart_lines l
  LEFT JOIN products p ON p.product_id = l.product_id
),
members AS (
  SELECT
    added_on AS moved_on,
    CASE
      WHEN category IS NOT NULL THEN 'category'
      WHEN brand IS NOT NULL THEN 'brand'
    END AS dimension,
    coalesce(category, brand) AS member,
    count(*) AS entries,
    sum(quantity) AS quantity
  FROM added
  GROUP BY GROUPING SETS ((added_on), (added_on, category), (added_on, brand))
),
movements AS (
  SELECT dimension, member, moved_on, entries, quantity
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS entries, 0 AS quantity
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(entries)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS entries,
    sum(sum(quantity)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS quantity
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
    sum(CASE WHEN e.opening THEN -t.entries ELSE t.entries END) AS entries,
    sum(CASE WHEN e.opening THEN -t.quantity ELSE t.quantity END) AS quantity
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
  quantity AS numerator,
  CAST(NULL AS bigint) AS denominator
FROM windows
WHERE entries > 0
