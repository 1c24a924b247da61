/*
names:
  en: Reasons lost
  fr: Motifs de perte
describes:
  en: >-
    Lost leads, deals and trials that gave a reason, out of all that were lost in the window; by reason: those that gave this one. A
    deal or trial and its lead are one loss. What was re-opened is not lost.
  fr: >-
    Leads, affaires et essais perdus ayant donné un motif, rapportés à tous ceux perdus dans la période ; par motif : ceux
    qui ont donné celui-ci. Une affaire ou un essai et son lead ne font qu’une perte. Ce qui est rouvert n’est pas perdu.
advice:
  en: >-
    A reason that grows is what the market says: hand it to whoever can answer it (price, product, service). A total that falls:
    nobody is asking any more.
  fr: >-
    Un motif qui monte est la voix du marché : le transmettre à qui peut y répondre (prix, produit, service). Un total qui
    baisse : plus personne ne pose la question.
unit: percent
measures: [reasoned_records, lost_records]
ratio: true
additive: false
good: neither
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [lost_reason]
theme: funnel
audience: [executive, sales, marketing]
*/
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  coalesce(reasoned_records, 0) AS numerator,
  all_lost AS denominator
FROM (
  SELECT *, max(CASE WHEN dimension IS NULL THEN lost_records END) OVER (PARTITION BY as_of, period, comparison) AS all_lost
  FROM measured
) windows
WHERE dimension IS NULL OR reasoned_records > 0
