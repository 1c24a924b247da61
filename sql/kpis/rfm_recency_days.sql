/*
names:
  en: Days since the last order
  fr: Jours depuis la dernière commande
describes:
  en: >-
    Days from a customer's latest order to the window's last day, on average over the customers who ordered in the window.
  fr: >-
    Jours de la dernière commande d’un client au dernier jour de la période, en moyenne sur les clients y ayant commandé.
advice:
  en: >-
    It rises before customers are lost. One industry: a season or a competitor. Everywhere: fewer reasons to order; see the segments.
  fr: >-
    Il monte avant que des clients ne se perdent. Un secteur : la saison ou un concurrent. Partout : moins de raisons de commander ; voir
    les segments.
unit: days
ratio: true
additive: false
good: down
windows: [last_365d]
headline: last_365d
dimensions: [industry]
theme: customers
audience: [sales, marketing]
*/
SELECT
  r.as_of,
  r.period,
  r.comparison,
  CASE WHEN grouping(c.industry) = 0 THEN 'industry' END AS dimension,
  CASE WHEN grouping(c.industry) = 0 THEN coalesce(c.industry, '(unknown)') END AS member,
  sum(r.recency_days) AS numerator,
  count(*) AS denominator
FROM rfm_scores r
LEFT JOIN customers c ON c.customer_id = r.customer_id
GROUP BY GROUPING SETS ((r.as_of, r.period, r.comparison), (r.as_of, r.period, r.comparison, c.industry))
