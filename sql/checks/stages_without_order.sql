/*
names: { en: Stages without a place, fr: Étapes sans rang }
describes: >-
  Open stages that leads or deals came into lately and that have no place in their pipeline, or are not listed at all. Nobody can tell
  what comes after them, so they have no rate of passage.
means:
  en: some stages have no place in their pipeline, and so no rate of passage
  fr: des étapes n’ont pas de rang dans leur parcours, donc pas de taux de passage
severity: warning
message: "Leads or deals came lately ({move_count time}) into {row_count stage} without a place in the pipeline: of them there is no rate of passage."
hint: "Map `step` of stages, or list these stages there. Where several sources list a stage of this id and none of them is the source of the history, say in that feed of stages whose it is: `crm: { constant: hubspot }`."
about: stage_history
reads: { stage_history: { history: 90 }, stages: {} }
*/
SELECT
  count(DISTINCT h.stage_id) AS row_count,
  count(*) AS move_count,
  min(h.stage_id) AS sample_first,
  max(h.stage_id) AS sample_last
FROM stage_history AS h
LEFT JOIN (
  SELECT crm, stage_id, step, outcome, count(*) OVER (PARTITION BY stage_id) AS sources
  FROM stages
) AS s ON s.stage_id = h.stage_id AND (s.crm = h.crm OR s.sources = 1)
WHERE s.stage_id IS NULL OR (s.outcome = 'open' AND s.step IS NULL)
HAVING count(*) > 0
