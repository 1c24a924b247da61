/*
names:
  en: Customers by segment
  fr: Clients par segment
describes:
  en: >-
    Customers who ordered in the window, by how lately, how often and for how much they did, each scored in fifths: best (4 to 5 in all),
    loyal, promising (late but little), occasional, good but quiet, dormant. With fewer than five customers there is no segment.
  fr: >-
    Clients ayant commandé dans la période, selon la date, la fréquence et le montant de leurs commandes, notés par cinquièmes :
    meilleurs (4 à 5 partout), fidèles, prometteurs (récents, mais peu), occasionnels, bons mais silencieux, en sommeil. À moins de
    cinq clients, pas de segment.
advice:
  en: >-
    More good customers who are quiet: call them, those who bought most first. Fewer promising ones: the first order no longer leads to
    a second.
  fr: >-
    Davantage de bons clients silencieux : les appeler, les plus gros acheteurs d’abord. Moins de prometteurs : la première commande
    n’en amène plus de deuxième.
unit: count
ratio: false
additive: true
good: up
windows: [last_365d]
headline: last_365d
dimensions: [rfm_segment]
theme: customers
audience: [sales, marketing]
*/
-- Every segment in every window: one that nobody is in has 0 customers, which is known.
SELECT
  r.as_of,
  r.period,
  r.comparison,
  CASE WHEN s.segment <> 'every' THEN 'segment' END AS dimension,
  CASE WHEN s.segment <> 'every' THEN s.segment END AS member,
  sum(CASE WHEN s.segment = 'every' OR s.segment = r.segment THEN r.customers ELSE 0 END) AS numerator,
  CAST(NULL AS bigint) AS denominator
FROM (
  SELECT as_of, period, comparison, segment, count(*) AS customers
  FROM rfm_scores
  WHERE segment IS NOT NULL
  GROUP BY as_of, period, comparison, segment
) r
CROSS JOIN (VALUES ('every'), ('best'), ('loyal'), ('promising'), ('occasional'), ('at_risk'), ('dormant')) AS s (segment)
GROUP BY r.as_of, r.period, r.comparison, s.segment
