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
views: [acquisition_costs]
# Every channel has the company's whole revenue as denominator: the shares add up, the denominators do not.
additive: false
benchmark: { value: 0.114, source: 'Eight B2B marketing KPIs (study M7): mean marketing budget of B2B companies' }
audience: [executive, finance, marketing]
runbook: docs/kpis.md#marketing_share_of_revenue
*/
WITH marketing AS (
  SELECT spent_on, coalesce(channel, '(unknown)') AS channel, amount
  FROM acquisition_costs
  WHERE kind = 'marketing' AND amount IS NOT NULL
),
daily_cost AS (
  SELECT spent_on, channel, sum(amount) AS cost
  FROM marketing
  GROUP BY GROUPING SETS ((spent_on), (spent_on, channel))
),
daily_revenue AS (
  SELECT l.ordered_on, sum(l.net_amount) AS revenue
  FROM order_lines l
  JOIN orders o ON o.order_id = l.order_id
  WHERE o.status <> 'cancelled'
  GROUP BY l.ordered_on
),
cost AS (
  SELECT p.as_of, p.period, p.comparison, d.channel, sum(d.cost) AS amount
  FROM periods p
  JOIN daily_cost d ON d.spent_on BETWEEN p.starts_on AND p.ends_on
  GROUP BY p.as_of, p.period, p.comparison, d.channel
),
revenue AS (
  SELECT p.as_of, p.period, p.comparison, sum(d.revenue) AS amount
  FROM periods p
  JOIN daily_revenue d ON d.ordered_on BETWEEN p.starts_on AND p.ends_on
  GROUP BY p.as_of, p.period, p.comparison
)
SELECT
  c.as_of,
  c.period,
  c.comparison,
  CASE WHEN c.channel IS NOT NULL THEN 'channel' END AS dimension,
  c.channel AS member,
  c.amount AS numerator,
  coalesce(r.amount, 0) AS denominator
FROM cost c
LEFT JOIN revenue r ON r.as_of = c.as_of AND r.period = c.period AND r.comparison = c.comparison
