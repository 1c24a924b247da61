/*
names:
  en: CRM adoption
  fr: Adoption du CRM
describes:
  en: >-
    Users who created or changed at least one record of the CRM while they had a licence, out of those who had one on any day of the
    window. Who left counts for the days before. A log-in alone is no use.
  fr: >-
    Utilisateurs ayant créé ou modifié au moins une fiche du CRM alors qu’ils avaient une licence, rapportés à ceux qui en
    avaient une un jour au moins de la période. Un départ compte pour les jours d’avant. Se connecter ne suffit pas.
advice:
  en: >-
    One team: ask it what stands in the way before training it again. Whoever never works in the CRM costs a licence, and hides
    deals.
  fr: >-
    Une équipe : lui demander ce qui gêne avant de la former à nouveau. Qui n’y travaille jamais coûte une licence et cache
    des affaires.
unit: percent
measures: [active_users, licensed_users]
ratio: true
additive: false
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [team]
theme: channels
audience: [sales, executive]
*/
-- A window in which nobody at all touched a record is one of which no activity is known.
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  coalesce(active_users, 0) AS numerator,
  licensed_users AS denominator
FROM (
  SELECT *, max(CASE WHEN dimension IS NULL THEN active_users END) OVER (PARTITION BY as_of, period, comparison) AS all_active
  FROM measured
) windows
WHERE all_active > 0 AND licensed_users > 0
