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
views: [acquisition_costs, new_customer_days]
additive: true
audience: [executive, marketing, finance]
runbook: docs/kpis.md#customer_acquisition_cost
*/
WITH costs AS (
  SELECT spent_on, coalesce(channel, '(unknown)') AS channel, amount
  FROM acquisition_costs
  WHERE amount IS NOT NULL
),
movements AS (
  SELECT spent_on AS moved_on, channel, amount AS cost, 0 AS new_customers
  FROM costs
  UNION ALL
  SELECT first_ordered_on AS moved_on, acquisition_channel AS channel, 0 AS cost, new_customers
  FROM new_customer_days
),
daily AS (
  SELECT moved_on, channel, sum(cost) AS cost, sum(new_customers) AS new_customers
  FROM movements
  GROUP BY GROUPING SETS ((moved_on), (moved_on, channel))
),
-- Where no cost at all is known, new customers did not come for nothing: there is no figure.
costed_periods AS (
  SELECT p.as_of, p.period, p.comparison, p.starts_on, p.ends_on
  FROM periods p
  JOIN (SELECT DISTINCT spent_on FROM costs) c ON c.spent_on BETWEEN p.starts_on AND p.ends_on
  GROUP BY p.as_of, p.period, p.comparison, p.starts_on, p.ends_on
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  CASE WHEN d.channel IS NOT NULL THEN 'channel' END AS dimension,
  d.channel AS member,
  sum(d.cost) AS numerator,
  sum(d.new_customers) AS denominator
FROM costed_periods p
JOIN daily d ON d.moved_on BETWEEN p.starts_on AND p.ends_on
GROUP BY p.as_of, p.period, p.comparison, d.channel
