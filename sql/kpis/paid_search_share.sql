/*
names:
  en: Share of paid search
  fr: Part de la recherche payante
describes:
  en: >-
    Visits from paid results to the company's own domains, out of those to its own and the competitors': monthly estimates of a
    service, not counts. By competitor: out of its own and that one's.
  fr: >-
    Visites issues des résultats payants vers les domaines de l’entreprise, rapportées à celles vers les siens et ceux des
    concurrents : estimations mensuelles d’un service, non des comptages. Par concurrent : rapportées aux siens et à ceux de
    celui-ci.
advice:
  en: >-
    An estimate moves with the service's method, too. One competitor gains: it bids on your words, or on your name.
  fr: >-
    L’estimation bouge aussi avec la méthode du service. Un concurrent gagne : il enchérit sur vos mots, ou sur votre nom.
unit: percent
measures: [own_paid_traffic, rival_paid_traffic]
ratio: true
additive: false
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
estimate: monthly
dimensions: [competitor]
theme: competition
audience: [executive, marketing]
*/
-- The company's own visits are no competitor's: they stand beside each.
SELECT as_of, period, comparison, dimension, member, own_traffic AS numerator, own_traffic + rival_traffic AS denominator
FROM (
  SELECT
    as_of,
    period,
    comparison,
    dimension,
    member,
    rival_paid_traffic AS rival_traffic,
    max(CASE WHEN dimension IS NULL THEN own_paid_traffic END) OVER (PARTITION BY as_of, period, comparison) AS own_traffic
  FROM measured
) shares
WHERE own_traffic IS NOT NULL AND rival_traffic IS NOT NULL
