/*
names:
  en: Market share
  fr: Part de marché
describes:
  en: >-
    Net revenue in the parts of the market whose size is known, out of that size, of which each day bears an equal part.
  fr: >-
    Chiffre d’affaires net dans les parties du marché dont la taille est connue, rapporté à cette taille, dont chaque jour porte une
    part égale.
advice:
  en: >-
    A market's season is not an even part of its year: compare with last year's same dates. A region that falls alone has a competitor
    or lacks a representative.
  fr: >-
    La saison d’un marché n’est pas une part égale de l’année : comparer aux mêmes dates l’an dernier. Une région qui baisse seule a un
    concurrent, ou manque d’un commercial.
unit: percent
measures: [market_revenue, market_size]
ratio: true
additive: false
good: up
windows: [mtd, qtd, ytd, last_365d]
headline: ytd
dimensions: [region, market_segment]
theme: sales
audience: [executive, sales, marketing]
*/
-- A part in which nothing was sold has sold 0 where anything was sold elsewhere; else nothing is known.
SELECT as_of, period, comparison, dimension, member, coalesce(market_revenue, 0) AS numerator, market_size AS denominator
FROM (
  SELECT
    as_of,
    period,
    comparison,
    dimension,
    member,
    market_revenue,
    market_size,
    max(CASE WHEN dimension IS NULL THEN market_revenue END) OVER (PARTITION BY as_of, period, comparison) AS sold
  FROM measured
) shares
WHERE sold IS NOT NULL AND market_size IS NOT NULL
