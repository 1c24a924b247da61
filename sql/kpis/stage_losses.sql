/*
names:
  en: Losses by stage
  fr: Pertes par étape
describes:
  en: >-
    Leads and deals lost in a stage in the window (the number above the line), out of those that entered it in the window. By
    reason: out of all entries. A lead with a deal under way is followed as the deal: one loss. A loss that was taken back later stays
    one on its day.
  fr: >-
    Leads et affaires perdus dans une étape pendant la période (le nombre au numérateur), rapportés à ceux qui y sont entrés
    dans la période. Par motif : rapportés à toutes les entrées. Un lead dont une affaire est en cours est suivi par l’affaire :
    une seule perte. Une perte annulée plus tard reste une perte à son jour.
advice:
  en: >-
    Open the stage that loses more than usual and read its reasons. Many at once with one reason: somebody tidied the
    pipeline up; look at the month.
  fr: >-
    Ouvrir l’étape qui perd plus que d’habitude et en lire les motifs. Beaucoup d’un coup avec un même motif : quelqu’un a
    fait le ménage ; regarder le mois.
unit: percent
measures: [stage_losses, stage_entries]
ratio: true
additive: false
unknown: stage_unknowns
good: down
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [stage, lost_reason]
theme: funnel
audience: [executive, sales]
*/
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  coalesce(stage_losses, 0) AS numerator,
  CASE WHEN dimension = 'reason' THEN all_entries ELSE coalesce(stage_entries, 0) END AS denominator
FROM (
  SELECT
    *,
    coalesce(max(CASE WHEN dimension IS NULL THEN stage_entries END) OVER (PARTITION BY as_of, period, comparison), 0) AS all_entries
  FROM measured
) windows
WHERE stage_losses > 0 OR (dimension IS NULL OR dimension = 'stage')
