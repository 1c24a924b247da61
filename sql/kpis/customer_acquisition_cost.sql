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
views: [acquisition_windows]
additive: true
audience: [executive, marketing, finance]
runbook: docs/kpis.md#customer_acquisition_cost
*/
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  coalesce(cost, 0) AS numerator,
  new_customers AS denominator
FROM (
  SELECT
    as_of,
    period,
    comparison,
    dimension,
    member,
    cost,
    new_customers,
    max(CASE WHEN dimension IS NULL THEN cost END) OVER (PARTITION BY as_of, period, comparison) AS whole_cost
  FROM acquisition_windows
) windows
-- Where no cost at all is known, new customers did not come for nothing: there is no figure.
WHERE whole_cost IS NOT NULL AND (cost IS NOT NULL OR new_customers > 0)
