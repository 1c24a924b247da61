/*
names:
  en: Forecast number of orders
  fr: Prévision du nombre de commandes
describes:
  en: >-
    What the running month (or quarter) will bring: deals won in it so far, and the rest seen in two ways: deal by deal
    (each open deal by how often such deals were won, and deals still to be made), and at this month’s pace. The way that was right before
    counts most. A forecast, told with its interval and usual error.
  fr: >-
    Ce que le mois (ou trimestre) en cours apportera : affaires gagnées à ce jour, et le reste vu de deux façons : affaire par affaire
    (chaque affaire ouverte selon la fréquence à laquelle de telles affaires étaient gagnées, et celles encore à créer), et au rythme de ce mois. La façon qui a vu juste
    auparavant compte le plus. Une prévision, avec intervalle et erreur habituelle.
advice:
  en: >-
    Open the stages: where the most is expected, see which deals are oldest. A large correction by the pace: the pipeline promises more, or
    less, than such months ever brought.
  fr: >-
    Ouvrir les étapes : là où l’on attend le plus, voir les affaires les plus anciennes. Une forte correction par le rythme : le portefeuille
    promet plus, ou moins, que de tels mois n’ont jamais apporté.
unit: count
ratio: false
additive: true
forecasts: true
good: up
windows: [mtd, qtd]
headline: mtd
dimensions: [forecast_stage]
theme: funnel
audience: [executive, sales, finance]
*/
SELECT
  as_of,
  period,
  'current' AS comparison,
  CASE WHEN grouping(part) = 0 THEN 'stage' END AS dimension,
  part AS member,
  sum(deals) AS numerator,
  CAST(NULL AS decimal(18,4)) AS denominator
FROM forecast_parts
GROUP BY GROUPING SETS ((as_of, period), (as_of, period, part))
HAVING count(deals) = count(*)
