/*
describes: >-
  Stages of a CRM without history, of which not all entries are known: from ever to the day before the first move that was seen, and of
  what counts 90 days after the entry as much longer.
values:
  ripe_stage_unknowns: opening change
*/
SELECT CAST(day + INTERVAL '90' DAY AS date) AS day, stage_id, change
FROM stage_unknowns
