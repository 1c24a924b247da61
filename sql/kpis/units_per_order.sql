/*
names:
  en: Units per order
  fr: Unités par commande
describes:
  en: >-
    Units of articles, returns deducted, for each order. By category: units of the category for each order that holds it.
    Cancelled orders and lines that are no article (fees) are left out.
  fr: >-
    Unités d’articles, retours déduits, par commande. Par catégorie : unités de la catégorie par commande qui la contient.
    Les commandes annulées et les lignes sans article (frais) sont écartées.
unit: units
ratio: true
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  channel: { en: Sales channel, fr: Canal de vente }
  category: { en: Product category, fr: Catégorie de produits }
reads:
  orders:
  order_lines:
  customers:
  products:
views: [sales_documents, order_windows]
# An order counts once in each category that it holds.
additive: false
audience: [executive, sales]
runbook: docs/kpis.md#units_per_order
*/
-- Orders of the total and of the channels are those of the KPI orders; only within a category they are counted here.
WITH order_categories AS (
  SELECT
    l.order_id,
    coalesce(p.category, '(unknown)') AS category,
    sum(l.quantity) AS units
  FROM order_lines l
  LEFT JOIN products p ON p.product_id = l.product_id
  WHERE l.product_id IS NOT NULL
  GROUP BY 1, 2
),
daily AS (
  SELECT
    d.ordered_on,
    d.channel,
    o.category,
    count(*) AS documents,
    sum(o.units) AS units,
    count_if(d.kind = 'order') AS orders
  FROM order_categories o
  JOIN sales_documents d ON d.order_id = o.order_id
  GROUP BY GROUPING SETS ((d.ordered_on), (d.ordered_on, d.channel), (d.ordered_on, o.category))
),
members AS (
  SELECT
    CASE WHEN channel IS NOT NULL THEN 'channel' WHEN category IS NOT NULL THEN 'category' ELSE 'total' END AS dimension,
    coalesce(channel, category, 'total') AS member,
    ordered_on,
    documents,
    units,
    orders
  FROM daily
),
movements AS (
  SELECT dimension, member, ordered_on AS moved_on, documents, units, orders
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS documents, 0 AS units, 0 AS orders
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(documents)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS documents,
    sum(sum(units)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS units,
    sum(sum(orders)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS orders
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
    sum(CASE WHEN e.opening THEN -t.units ELSE t.units END) AS units,
    sum(CASE WHEN e.opening THEN -t.orders ELSE t.orders END) AS orders
  FROM window_edges e
  JOIN to_date t ON t.moved_on = e.edge_on
  GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
  HAVING sum(CASE WHEN e.opening THEN -t.documents ELSE t.documents END) > 0
)
SELECT
  w.as_of,
  w.period,
  w.comparison,
  nullif(w.dimension, 'total') AS dimension,
  CASE WHEN w.dimension <> 'total' THEN w.member END AS member,
  w.units AS numerator,
  CASE WHEN w.dimension = 'category' THEN w.orders ELSE o.orders END AS denominator
FROM windows w
LEFT JOIN order_windows o
  ON o.as_of = w.as_of
  AND o.period = w.period
  AND o.comparison = w.comparison
  AND o.dimension = w.dimension
  AND o.member = w.member
