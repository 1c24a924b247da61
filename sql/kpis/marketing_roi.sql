/*
names:
  en: Return on marketing
  fr: Retour sur le marketing
describes:
  en: >-
    Gross margin of the orders that a marketing channel last touched in the 90 days before, less the cost of marketing, out of that cost:
    at 0 it earns what it costs.
  fr: >-
    Marge brute des commandes dont un canal marketing a été le dernier contact dans les 90 jours précédents, moins le coût du marketing,
    rapportée à ce coût : à 0, il rapporte ce qu’il coûte.
advice:
  en: >-
    A channel below 0 that wins new customers may still pay: see lifetime value over acquisition cost. A fall everywhere: touchpoints
    are no longer recorded.
  fr: >-
    Un canal sous 0 qui gagne de nouveaux clients peut tout de même payer : voir la valeur vie rapportée au coût d’acquisition. Une
    baisse partout : les contacts ne sont plus enregistrés.
unit: percent
measures: [attributed_margin, marketing_cost]
ratio: true
additive: false
good: up
windows: [last_365d]
headline: last_365d
dimensions: [marketing_channel]
theme: channels
audience: [executive, marketing, finance]
*/
-- Where anything was attributed, a channel that costs and touched no order has earned 0; else nothing is known.
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  coalesce(attributed_margin, 0) - marketing_cost AS numerator,
  marketing_cost AS denominator
FROM (
  SELECT
    as_of,
    period,
    comparison,
    dimension,
    member,
    attributed_margin,
    marketing_cost,
    max(CASE WHEN dimension IS NULL THEN attributed_margin END) OVER (PARTITION BY as_of, period, comparison) AS earned
  FROM measured
) channels
WHERE earned IS NOT NULL AND marketing_cost IS NOT NULL
