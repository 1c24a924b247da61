/*
names:
  en: Units added to carts
  fr: Unités ajoutées au panier
describes:
  en: Units of all items added to carts, ordered afterwards or not, on the day on which they were added.
  fr: Unités de tous les articles ajoutés aux paniers, commandés ensuite ou non, au jour de leur ajout.
unit: units
ratio: false
grain: day
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
    l.added_on AS day,
    coalesce(p.category, '(unknown)') AS category,
    coalesce(p.brand, '(unknown)') AS brand,
    l.quantity
  FROM cart_lines l
  LEFT JOIN products p ON p.product_id = l.product_id
)
SELECT
  day,
  CASE WHEN category IS NOT NULL THEN 'category' WHEN brand IS NOT NULL THEN 'brand' END AS dimension,
  coalesce(category, brand) AS member,
  sum(quantity) AS numerator
FROM added
GROUP BY GROUPING SETS ((day), (day, category), (day, brand))
