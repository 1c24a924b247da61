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
advice:
  en: >-
    See whether cost rose or new customers fell. One channel: open its campaigns. All channels: look for a yearly
    cost booked in one sum.
  fr: >-
    Regarder si le coût a augmenté ou si les nouveaux clients ont diminué. Un canal : examiner ses campagnes. Tous :
    chercher un coût annuel comptabilisé en une fois.
unit: currency
measures: [acquisition_cost, new_customers]
ratio: true
additive: true
good: down
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [winning_channel]
theme: funnel
audience: [executive, marketing, finance]
*/
-- Where no cost at all is known, new customers did not come for nothing: there is no figure.
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  coalesce(acquisition_cost, 0) AS numerator,
  coalesce(new_customers, 0) AS denominator
FROM (
  SELECT *, max(CASE WHEN dimension IS NULL THEN acquisition_cost END) OVER (PARTITION BY as_of, period, comparison) AS whole_cost
  FROM measured
) windows
WHERE whole_cost IS NOT NULL AND (acquisition_cost IS NOT NULL OR new_customers > 0)
