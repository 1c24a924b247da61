/*
names:
  en: Customer acquisition cost
  fr: Coût d’acquisition client
describes:
  en: >-
    Cost of marketing and sales (media, people, agencies, tools) for each customer whose first ever order falls in the
    window. By channel: the channel that the cost counts for, and that brought the customer.
  fr: >-
    Coût du marketing et de la vente (médias, équipes, agences, outils) par client dont la toute première commande tombe
    dans la période. Par canal : celui auquel le coût est affecté, et celui qui a amené le client.
unit: currency
ratio: true
good: down
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  channel: { en: Acquisition channel, fr: Canal d’acquisition }
reads:
  ad_spend:
  marketing_costs:
  # Whether an order is a customer's first is known from all orders before it.
  orders: { history: all }
  customers:
views: [acquisition_costs, new_customer_days, window_edges]
additive: true
audience: [executive, marketing, finance]
runbook: docs/kpis.md#customer_acquisition_cost
*/
WITH entries AS (
  SELECT spent_on AS moved_on, coalesce(channel, '(unknown)') AS channel, 1 AS costs, amount AS cost, 0 AS new_customers
  FROM acquisition_costs
  WHERE amount IS NOT NULL
  UNION ALL
  SELECT first_ordered_on AS moved_on, acquisition_channel AS channel, 0 AS costs, 0 AS cost, new_customers
  FROM new_customer_days
),
members AS (
  SELECT
    moved_on,
    CASE WHEN channel IS NOT NULL THEN 'channel' END AS dimension,
    channel AS member,
    sum(costs) AS costs,
    sum(cost) AS cost,
    sum(new_customers) AS new_customers
  FROM entries
  GROUP BY GROUPING SETS ((moved_on), (moved_on, channel))
),
movements AS (
  SELECT dimension, member, moved_on, costs, cost, new_customers
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS costs, 0 AS cost, 0 AS new_customers
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(costs)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS costs,
    sum(sum(cost)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS cost,
    sum(sum(new_customers)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS new_customers
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
    sum(CASE WHEN e.opening THEN -t.cost ELSE t.cost END) AS cost,
    sum(CASE WHEN e.opening THEN -t.new_customers ELSE t.new_customers END) AS new_customers
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
  w.new_customers AS denominator
FROM windows w
-- Where no cost at all is known, new customers did not come for nothing: there is no figure.
JOIN windows t ON t.as_of = w.as_of AND t.period = w.period AND t.comparison = w.comparison
WHERE t.dimension IS NULL AND t.costs > 0 AND (w.costs > 0 OR w.new_customers > 0)
