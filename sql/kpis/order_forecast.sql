/*
names:
  en: Order forecast
  fr: Prévision de commandes
describes:
  en: >-
    What the running month (or quarter) will bring: deals won in it so far, and each open deal’s amount by how often deals of its stage, as
    long in it, were won within the days that are left. A forecast, told with its interval and usual error.
  fr: >-
    Ce que le mois (ou trimestre) en cours apportera : affaires gagnées à ce jour, plus le montant de chaque affaire ouverte selon la fréquence
    à laquelle celles de son étape, à la même ancienneté, étaient gagnées dans les jours restants. Une prévision, avec intervalle et erreur
    habituelle.
advice:
  en: >-
    Open the stages: where the most is expected, see which deals are oldest. Little in late stages early in the month: it has to come from
    new deals, which the forecast does not know.
  fr: >-
    Ouvrir les étapes : là où l’on attend le plus, voir les affaires les plus anciennes. Peu en fin de parcours en début de mois : il faut
    des affaires nouvelles, que la prévision ne connaît pas.
unit: currency
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
  sum(amount) AS numerator,
  CAST(NULL AS decimal(18,4)) AS denominator
FROM forecast_parts
GROUP BY GROUPING SETS ((as_of, period), (as_of, period, part))
HAVING count(amount) = count(*)
