/*
names:
  en: Marketing share of revenue
  fr: Part du marketing dans le chiffre d’affaires
describes:
  en: >-
    Cost of marketing (media and other; not sales) out of net revenue. By channel: the cost of the channel out of the
    whole net revenue, since revenue does not belong to a marketing channel.
  fr: >-
    Coût du marketing (médias et autres, hors vente) rapporté au chiffre d’affaires net. Par canal : coût du canal
    rapporté à tout le chiffre d’affaires net, qui n’appartient à aucun canal marketing.
unit: percent
ratio: true
good: neither
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: ytd
dimensions:
  channel: { en: Marketing channel, fr: Canal marketing }
reads:
  ad_spend:
  marketing_costs:
  orders:
  order_lines:
  customers:
views: [acquisition_costs, sales_windows, window_edges]
# Every channel has the company's whole revenue as denominator: the shares add up, the denominators do not.
additive: false
benchmark: { value: 0.114, source: 'Eight B2B marketing KPIs (study M7): mean marketing budget of B2B companies' }
audience: [executive, finance, marketing]
runbook: docs/kpis.md#marketing_share_of_revenue
*/
WITH members AS (
  SELECT
    spent_on AS moved_on,
    CASE WHEN channel IS NOT NULL THEN 'channel' END AS dimension,
    channel AS member,
    count(*) AS costs,
    sum(amount) AS cost
  FROM (
    SELECT spent_on, coalesce(channel, '(unknown)') AS channel, amount
    FROM acquisition_costs
    WHERE kind = 'marketing' AND amount IS NOT NULL
  ) marketing
  GROUP BY GROUPING SETS ((spent_on), (spent_on, channel))
),
movements AS (
  SELECT dimension, member, moved_on, costs, cost
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS costs, 0 AS cost
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(costs)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS costs,
    sum(sum(cost)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS cost
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
    sum(CASE WHEN e.opening THEN -t.costs ELSE t.costs END) AS costs,
    sum(CASE WHEN e.opening THEN -t.cost ELSE t.cost END) AS cost
  FROM window_edges e
  JOIN to_date t ON t.moved_on = e.edge_on
  GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
)
SELECT
  w.as_of,
  w.period,
  w.comparison,
  w.dimension,
  w.member,
  w.cost AS numerator,
  coalesce(r.net_amount, 0) AS denominator
FROM windows w
LEFT JOIN sales_windows r
  ON r.as_of = w.as_of AND r.period = w.period AND r.comparison = w.comparison AND r.dimension = 'total'
WHERE w.costs > 0
