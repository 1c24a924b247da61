/*
names:
  en: Attainment of customer objectives
  fr: Atteinte des objectifs clients
describes:
  en: >-
    Net revenue of customers with an objective, within its span, out of what is due of these objectives by the window's last day: each is
    spread evenly over the days of trade of its span.
  fr: >-
    Chiffre d’affaires net des clients dotés d’un objectif, sur la durée de celui-ci, rapporté à la part échue de ces objectifs au
    dernier jour de la période : chacun est réparti à parts égales sur ses jours ouvrés.
advice:
  en: >-
    Call the customers furthest behind, largest gap first. A whole representative or region behind: an absence, a competitor, or
    objectives that do not follow the season.
  fr: >-
    Appeler les clients les plus en retard, le plus grand écart d’abord. Tout un commercial ou une région : une absence, un concurrent,
    ou des objectifs qui ignorent la saison.
unit: percent
numerator: sum revenue
denominator: sum objective
good: up
windows: [mtd, qtd, ytd, last_365d]
headline: ytd
dimensions: [customer, sales_rep, region]
theme: sales
audience: [executive, sales]
*/
-- A customer who bought nothing has sold 0 on days on which anybody bought; else nothing is known of the day.
SELECT day, customer_id, revenue, objective
FROM (
  SELECT
    day,
    customer_id,
    CASE
      WHEN sold = 1 AND max(wanted) OVER (PARTITION BY day, customer_id) = 1 THEN revenue
      WHEN objective IS NOT NULL AND max(sold) OVER (PARTITION BY day) = 1 THEN 0
    END AS revenue,
    objective
  FROM (
    SELECT day, customer_id, sum(net_amount) AS revenue, CAST(NULL AS decimal(18,4)) AS objective, 1 AS sold, 0 AS wanted
    FROM sales
    GROUP BY day, customer_id
    UNION ALL
    SELECT day, customer_id, CAST(NULL AS decimal(18,4)) AS revenue, amount AS objective, 0 AS sold, 1 AS wanted
    FROM objective_days
  ) every_day
) due
WHERE revenue IS NOT NULL OR objective IS NOT NULL
