/*
names:
  en: Competitive win rate
  fr: Taux de succès face aux concurrents
describes:
  en: >-
    Deals won, out of the deals closed in the window on which a competitor was named. A deal with several competitors counts once, and
    with each of them.
  fr: >-
    Affaires gagnées, rapportées aux affaires closes dans la période où un concurrent était cité. Une affaire à plusieurs
    concurrents compte une fois, et avec chacun d’eux.
advice:
  en: >-
    One competitor that wins more: read the reasons of these losses, and its moves. Few deals make a rate that jumps: look at the
    number.
  fr: >-
    Un concurrent qui gagne davantage : lire les motifs de ces pertes, et ses mouvements. Peu d’affaires font un taux
    instable : regarder le nombre.
unit: percent
numerator: sum won_count by deal_id
denominator: sum closed_count by deal_id
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_365d
dimensions: [competitor]
reads:
  deals: { history: all }
theme: competition
audience: [executive, sales, marketing]
*/
SELECT
  d.closed_on AS day,
  d.deal_id,
  c.competitor,
  CASE WHEN d.status = 'won' THEN 1 ELSE 0 END AS won_count,
  1 AS closed_count
FROM deals d
JOIN deal_competitors c ON c.deal_id = d.deal_id
WHERE d.status IN ('won', 'lost') AND d.closed_on IS NOT NULL
