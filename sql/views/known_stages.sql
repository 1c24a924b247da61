/*
describes: >-
  Stages, each of its source: Columns: crm (the source), stage_id, member (what figures call it: its id, after its source where several have
  one of that id), sources (how many have), pipeline, step, outcome. What names a stage means that of its own source, or the only
  one of that id: `ON k.stage_id = r.stage_id AND (k.crm = r.crm OR k.sources = 1)`.
*/
SELECT
  crm,
  stage_id,
  CASE WHEN sources > 1 THEN crm || '/' || stage_id ELSE stage_id END AS member,
  sources,
  pipeline,
  step,
  outcome
FROM (SELECT *, count(*) OVER (PARTITION BY stage_id) AS sources FROM stages) counted
