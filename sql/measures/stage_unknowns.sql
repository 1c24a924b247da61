/*
describes: >-
  Stages of a CRM without history, of which not all entries are known: from ever to the day before the first move that was seen. While
  one of them is not known, neither is the whole.
values:
  stage_unknowns: opening change
*/
SELECT
  CASE WHEN c.change > 0 THEN DATE '1900-01-01' ELSE CAST(s.known_from - INTERVAL '1' DAY AS date) END AS day,
  s.stage_id,
  c.change
FROM (
  SELECT DISTINCT source, kind, stage_id, known_from
  FROM stage_stays
  WHERE outcome = 'open' AND has_unseen = 1
) s
CROSS JOIN (VALUES (1), (-1)) AS c (change)
WHERE c.change > 0 OR s.known_from IS NOT NULL
