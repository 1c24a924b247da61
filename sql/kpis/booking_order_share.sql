/*
names:
  en: Booking share of revenue
  fr: Part des précommandes
describes:
  en: >-
    Net revenue of documents under an early-order programme, out of all net revenue. By programme: out of all net revenue, too. A window
    without any booking has no figure.
  fr: >-
    Chiffre d’affaires net des documents relevant d’un programme de précommande, rapporté à tout le chiffre d’affaires net ; par
    programme également. Une période sans précommande n’a pas de valeur.
advice:
  en: >-
    Set it beside the discount rate: a programme that sells as much at a smaller discount was better. One region alone behind: its
    representative has not offered it.
  fr: >-
    La rapprocher du taux de remise : un programme qui vend autant avec moins de remise était meilleur. Une région seule en retard : son
    commercial ne l’a pas proposé.
unit: percent
measures: [booked_revenue, revenue]
ratio: true
additive: true
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: ytd
dimensions: [programme, region]
theme: booking
audience: [executive, sales]
*/
-- Where the whole has booked something, a region without bookings has booked 0.
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  coalesce(booked_revenue, 0) AS numerator,
  CASE WHEN dimension = 'programme' THEN whole_revenue ELSE revenue END AS denominator
FROM (
  SELECT
    as_of,
    period,
    comparison,
    dimension,
    member,
    booked_revenue,
    revenue,
    max(CASE WHEN dimension IS NULL THEN booked_revenue END) OVER (PARTITION BY as_of, period, comparison) AS whole_booked,
    max(CASE WHEN dimension IS NULL THEN revenue END) OVER (PARTITION BY as_of, period, comparison) AS whole_revenue
  FROM measured
) shares
WHERE whole_booked IS NOT NULL AND (dimension IS NULL OR dimension <> 'programme' OR member <> '(unknown)')
