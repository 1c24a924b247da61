/*
names:
  en: Demo to paid rate
  fr: Taux d’essais devenus clients
describes:
  en: >-
    Trials and demonstrations that became paying customers within 30 days of their end, out of all that started. Each counts on
    the day on which these 30 days end, so that running trials do not weigh. One without an agreed end lasts 30 days. Where
    nobody says which were paid, there is no figure.
  fr: >-
    Essais et démonstrations devenus clients payants dans les 30 jours suivant leur fin, rapportés à tous ceux commencés.
    Chacun compte le jour où ces 30 jours s’achèvent : les essais en cours ne pèsent pas. Sans fin convenue, un essai dure
    30 jours. Si rien ne dit lesquels sont devenus payants, pas de valeur.
advice:
  en: >-
    One industry: read its reasons lost. Everywhere: see what changed in the first days of a trial, and who calls on its
    last.
  fr: >-
    Un secteur : lire ses motifs de perte. Partout : voir ce qui a changé aux premiers jours de l’essai, et qui appelle au
    dernier.
unit: percent
numerator: sum paid_count
denominator: sum trial_count
ripens: 60
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [industry]
reads:
  trials: { history: all }
theme: funnel
audience: [executive, sales, marketing]
*/
SELECT
  CAST(ended_on + INTERVAL '30' DAY AS date) AS day,
  industry,
  CASE WHEN paid_on <= ended_on + INTERVAL '30' DAY THEN 1 ELSE 0 END AS paid_count,
  1 AS trial_count
FROM (
  SELECT
    industry,
    paid_on,
    coalesce(ends_on, CAST(started_on + INTERVAL '30' DAY AS date)) AS ended_on,
    max(paid_on) OVER () AS last_paid_on
  FROM trials
) ended
-- Nobody's yes is not no.
WHERE last_paid_on IS NOT NULL
