/*
names:
  en: Customer count, end to start
  fr: Évolution du nombre de clients
describes:
  en: >-
    Active customers at the end of the window out of active customers on the day before it started: 90 of 100 are 90 %.
    A customer is active for 365 days from each order, its day included.
  fr: >-
    Clients actifs à la fin de la période rapportés aux clients actifs la veille de son début : 90 sur 100 font 90 %. Un
    client est actif pendant 365 jours à partir de chaque commande, jour de commande compris.
unit: percent
ratio: true
good: up
windows: [mtd, qtd, ytd, last_365d]
headline: ytd
dimensions:
  region: { en: Region, fr: Région }
reads:
  # Who was active on the day before a window is known from the 365 days before it.
  orders: { history: 365 }
  customers:
views: [active_customer_windows]
additive: true
audience: [executive, sales]
runbook: docs/kpis.md#customer_count_ratio
*/
SELECT
  as_of,
  period,
  comparison,
  nullif(dimension, 'total') AS dimension,
  CASE WHEN dimension <> 'total' THEN member END AS member,
  customers AS numerator,
  customers - gained AS denominator
FROM active_customer_windows
WHERE customers > 0 OR customers > gained
