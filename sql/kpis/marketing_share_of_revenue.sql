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
views: [marketing_windows, sales_windows]
# Every channel has the company's whole revenue as denominator: the shares add up, the denominators do not.
additive: false
benchmark: { value: 0.114, source: 'Eight B2B marketing KPIs (study M7): mean marketing budget of B2B companies' }
audience: [executive, finance, marketing]
runbook: docs/kpis.md#marketing_share_of_revenue
*/
SELECT
  m.as_of,
  m.period,
  m.comparison,
  m.dimension,
  m.member,
  m.cost AS numerator,
  coalesce(s.net_amount, 0) AS denominator
FROM marketing_windows m
LEFT JOIN sales_windows s
  ON s.as_of = m.as_of AND s.period = m.period AND s.comparison = m.comparison AND s.dimension = 'total'
WHERE m.cost IS NOT NULL
