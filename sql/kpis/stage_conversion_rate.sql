/*
names:
  en: Stage conversion rate
  fr: Taux de passage d’étape
describes:
  en: >-
    Leads and deals that reached a later stage of the pipeline within 90 days (or were won), out of those that entered the stage. Each
    counts once a stage, by its first entry, on the day on which its 90 days end. Whoever skips a stage did not enter it.
  fr: >-
    Leads et affaires ayant atteint une étape ultérieure sous 90 jours (ou gagnés), rapportés à ceux entrés dans l’étape. Chacun
    compte une fois par étape, à sa première entrée, le jour où ses 90 jours s’achèvent. Une étape sautée n’est pas une entrée.
advice:
  en: >-
    Take the stage that fell the most, then its losses and how long it lasts: lost means the offer, waiting means time or
    people.
  fr: >-
    Prendre l’étape qui baisse le plus, puis ses pertes et sa durée : des pertes désignent l’offre, l’attente un manque de
    temps ou de monde.
unit: percent
numerator: sum reached_count
denominator: sum entered_count
ripens: 90
unknown: ripe_stage_unknowns
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_365d
dimensions: [stage]
theme: funnel
audience: [executive, sales]
*/
SELECT
  CAST(s.entered_on + INTERVAL '90' DAY AS date) AS day,
  s.stage_id,
  max(
    CASE
      WHEN
        n.entered_at >= s.entered_at
        AND n.entered_on <= s.entered_on + INTERVAL '90' DAY
        AND (n.outcome = 'won' OR (n.outcome = 'open' AND n.step > s.step AND coalesce(n.pipeline, '') = s.pipeline))
        THEN 1
      ELSE 0
    END
  ) AS reached_count,
  1 AS entered_count
FROM (
  SELECT
    kind,
    record_id,
    stage_id,
    coalesce(pipeline, '') AS pipeline,
    step,
    entered_at,
    entered_on,
    entry_known,
    row_number() OVER (PARTITION BY kind, record_id, stage_id ORDER BY entered_at) AS visit
  FROM stage_stays
  WHERE outcome = 'open'
) s
-- All stays of the record, its own first one among them: as conditions of a join, what is asked of them would have DuckDB
-- compare every stay with every other.
JOIN stage_stays n ON n.kind = s.kind AND n.record_id = s.record_id
-- In a pipeline without order nobody can tell what comes next.
WHERE s.visit = 1 AND s.entry_known AND s.step IS NOT NULL
GROUP BY s.kind, s.record_id, s.stage_id, s.entered_on
