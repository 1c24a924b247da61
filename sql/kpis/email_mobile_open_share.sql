/*
names:
  en: E-mails opened on a phone
  fr: E-mails ouverts sur mobile
describes:
  en: >-
    Opens on a phone or a tablet, out of the opens whose device is known. By client: its opens out of the same.
  fr: >-
    Ouvertures sur téléphone ou tablette, rapportées à celles dont l’appareil est connu. Par client de messagerie : ses
    ouvertures, rapportées aux mêmes.
advice:
  en: >-
    Neither direction is good in itself: above a third, try each mail on a phone first.
  fr: >-
    Aucun sens n’est bon en soi : au-delà d’un tiers, essayer chaque e-mail d’abord sur un téléphone.
unit: percent
measures: [device_opens]
ratio: true
additive: false
good: neither
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [mail_client]
benchmark: { value: 0.36, source: 'Eight B2B marketing KPIs (study M1): share of B2B mails opened on a phone' }
theme: channels
audience: [marketing]
*/
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  CASE WHEN dimension IS NULL THEN coalesce(mobile_opens, 0) ELSE device_opens END AS numerator,
  all_opens AS denominator
FROM (
  SELECT
    as_of,
    period,
    comparison,
    dimension,
    member,
    device_opens,
    max(CASE WHEN member = 'mobile' THEN device_opens END) OVER (PARTITION BY as_of, period, comparison) AS mobile_opens,
    max(CASE WHEN dimension IS NULL THEN device_opens END) OVER (PARTITION BY as_of, period, comparison) AS all_opens
  FROM measured
) opens
