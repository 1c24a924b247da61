/*
names:
  en: Net promoter score
  fr: Net promoter score
describes:
  en: >-
    Share of promoters (9 or 10 of 10) less share of detractors (0 to 6) among those asked whether they would recommend the
    company, in points from −100 to 100. Below ten answers there is no figure.
  fr: >-
    Part de promoteurs (9 ou 10 sur 10) moins part de détracteurs (0 à 6) parmi ceux à qui l’on a demandé s’ils recommanderaient
    l’entreprise, en points de −100 à 100. À moins de dix réponses, pas de valeur.
advice:
  en: >-
    With a hundred answers, ten points up or down may be chance. One region: call its detractors, those who buy most first.
  fr: >-
    Sur cent réponses, dix points d’écart peuvent être dus au hasard. Une région : appeler ses détracteurs, les plus gros
    acheteurs d’abord.
unit: points
measures: [recommendation_answers, promoters, detractors]
ratio: true
survey: true
additive: false
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [answer_region]
theme: customers
audience: [executive, sales]
*/
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  100 * (promoters - detractors) AS numerator,
  recommendation_answers AS denominator
FROM measured
WHERE recommendation_answers >= 10
