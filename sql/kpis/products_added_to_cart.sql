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
daily AS (
  SELECT added_on, category, brand, sum(quantity) AS units
  FROM added
  GROUP BY GROUPING SETS ((added_on), (added_on, category), (added_on, brand))
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
  sum(d.units) AS numerator,
  CAST(NULL AS bigint) AS denominator
FROM periods p
JOIN daily d ON d.added_on BETWEEN p.starts_on AND p.ends_on
GROUP BY p.as_of, p.period, p.comparison, d.category, d.brand
