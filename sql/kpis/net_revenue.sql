/*
names:
  en: Net revenue
  fr: Chiffre d’affaires net
describes:
  en: >-
    Amounts of all orders and returns, net of tax and discount, in the reporting currency. Returns are negative;
    cancelled documents are left out. Sales to nobody known count too.
  fr: >-
    Montants de toutes les commandes et de tous les retours, hors taxes et remises déduites, dans la devise de référence.
    Les retours sont négatifs ; les documents annulés sont écartés. Les ventes sans client identifié comptent aussi.
unit: currency
ratio: false
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: mtd
dimensions:
  channel: { en: Sales channel, fr: Canal de vente }
  region: { en: Region, fr: Région }
  industry: { en: Industry, fr: Secteur d’activité }
  category: { en: Product category, fr: Catégorie de produits }
  brand: { en: Brand, fr: Marque }
  # The 50 largest of the year up to the as-of date; the others together are (other).
  product: { en: Product, fr: Produit }
  customer: { en: Customer, fr: Client }
reads:
  orders:
  order_lines:
  customers:
  products:
views: [revenue_windows, top_members]
additive: true
audience: [executive, sales, finance]
runbook: docs/kpis.md#net_revenue
*/
-- The 50 are looked at for each as-of date anew; what they leave of the total is (other).
WITH windows AS (
  SELECT w.as_of, w.period, w.comparison, w.dimension, w.member, w.amounts, w.net_amount
  FROM revenue_windows w
  LEFT JOIN top_members t ON t.as_of = w.as_of AND t.dimension = w.dimension AND t.member = w.member
  WHERE w.dimension NOT IN ('product', 'customer') OR t.member IS NOT NULL
),
parts AS (
  SELECT
    w.as_of,
    w.period,
    w.comparison,
    CASE WHEN o.other = 'none' THEN w.dimension ELSE o.other END AS dimension,
    CASE WHEN o.other = 'none' THEN w.member ELSE '(other)' END AS member,
    CASE WHEN o.other = w.dimension THEN -w.amounts ELSE w.amounts END AS amounts,
    CASE WHEN o.other = w.dimension THEN -w.net_amount ELSE w.net_amount END AS net_amount
  FROM windows w
  CROSS JOIN (VALUES ('none'), ('product'), ('customer')) AS o (other)
  WHERE o.other = 'none' OR w.dimension = 'total' OR w.dimension = o.other
)
SELECT
  as_of,
  period,
  comparison,
  nullif(dimension, 'total') AS dimension,
  CASE WHEN dimension <> 'total' THEN member END AS member,
  sum(net_amount) AS numerator,
  CAST(NULL AS bigint) AS denominator
FROM parts
GROUP BY as_of, period, comparison, dimension, member
HAVING sum(amounts) > 0
