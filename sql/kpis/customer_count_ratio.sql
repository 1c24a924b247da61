/*
names:
  en: Customer count, end to start
  fr: Évolution du nombre de clients
describes:
  en: >-
    Active customers at the end of the window out of active customers on the day before it started: 90 of 100 are 90 %.
    A customer is active for 365 days from each order, its day included.
  fr: >-
    Clients actifs à la fin de la période rapportés aux clients actifs la veille de son début : 90 sur 100 font 90 %. Un
    client est actif pendant 365 jours à partir de chaque commande, jour de commande compris.
unit: percent
ratio: true
good: up
windows: [mtd, qtd, ytd, last_365d]
headline: ytd
dimensions:
  region: { en: Region, fr: Région }
reads:
  # Who was active on the day before a window is known from the 365 days before it.
  orders: { history: 365 }
  customers:
views: [sales_documents, window_edges]
additive: true
audience: [executive, sales]
runbook: docs/kpis.md#customer_count_ratio
*/
WITH visits AS (
  SELECT
    region,
    ordered_on,
    CAST(ordered_on + INTERVAL '365' DAY AS date) AS lapses_on,
    lag(ordered_on, 1, DATE '1900-01-01') OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous_on,
    lead(ordered_on, 1, DATE '9999-12-31') OVER (PARTITION BY customer_id ORDER BY ordered_on) AS next_on
  FROM sales_documents
  WHERE kind = 'order' AND customer_id IS NOT NULL
),
-- A customer becomes active with an order that comes when no earlier one counts any more, and lapses 365 days after an
-- order that none followed in time. Active customers are the running sum of these changes.
changes AS (
  SELECT region, ordered_on AS changed_on, 1 AS change
  FROM visits
  WHERE CAST(previous_on + INTERVAL '365' DAY AS date) <= ordered_on
  UNION ALL
  SELECT region, lapses_on AS changed_on, -1 AS change
  FROM visits
  WHERE next_on >= lapses_on
),
daily AS (
  SELECT
    CASE WHEN region IS NOT NULL THEN 'region' ELSE 'total' END AS dimension,
    coalesce(region, 'total') AS member,
    changed_on,
    sum(change) AS change
  FROM changes
  GROUP BY GROUPING SETS ((changed_on), (changed_on, region))
),
movements AS (
  SELECT dimension, member, changed_on, change
  FROM daily
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS changed_on, 0 AS change
  FROM (SELECT DISTINCT dimension, member FROM daily) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
active AS (
  SELECT
    dimension,
    member,
    changed_on AS active_on,
    sum(sum(change)) OVER (PARTITION BY dimension, member ORDER BY changed_on) AS customers
  FROM movements
  GROUP BY dimension, member, changed_on
)
SELECT
  e.as_of,
  e.period,
  e.comparison,
  nullif(a.dimension, 'total') AS dimension,
  CASE WHEN a.dimension <> 'total' THEN a.member END AS member,
  sum(CASE WHEN e.opening THEN 0 ELSE a.customers END) AS numerator,
  sum(CASE WHEN e.opening THEN a.customers ELSE 0 END) AS denominator
FROM window_edges e
JOIN active a ON a.active_on = e.edge_on
GROUP BY e.as_of, e.period, e.comparison, a.dimension, a.member
HAVING sum(a.customers) > 0
