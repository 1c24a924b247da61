/*
describes: >-
  Each stay of a lead or deal in a stage, from the entry to the next other stage. The same stage seen again is the same stay; one that
  came back has another. Deleted and merged records have none. An entry is known where the CRM keeps a history, or the record was
  made no earlier than the day before it was first seen. Columns: kind, record_id, stage_id, pipeline, step, outcome, entered_at,
  entered_on, entry_known, left_on (null while it is there), next_outcome, next_reason (of the stage that it went to).
reads:
  stage_history: { history: all }
  leads: { history: all, optional: true }
  deals: { history: all, optional: true }
*/
SELECT
  kind,
  record_id,
  stage_id,
  pipeline,
  step,
  outcome,
  entered_at,
  entered_on,
  basis = 'history' OR previous_stage_id IS NOT NULL OR date_diff('day', created_on, entered_on) <= 1 AS entry_known,
  lead(entered_on) OVER (PARTITION BY kind, record_id ORDER BY entered_at, place, stage_id) AS left_on,
  lead(outcome) OVER (PARTITION BY kind, record_id ORDER BY entered_at, place, stage_id) AS next_outcome,
  lead(reason) OVER (PARTITION BY kind, record_id ORDER BY entered_at, place, stage_id) AS next_reason
FROM (
  SELECT
    h.*,
    lag(h.stage_id) OVER (PARTITION BY h.kind, h.record_id ORDER BY h.entered_at, h.place, h.stage_id) AS previous_stage_id
  FROM (
    SELECT
      c.kind,
      c.record_id,
      c.stage_id,
      c.entered_at,
      c.entered_on,
      c.basis,
      c.reason,
      s.pipeline,
      s.step,
      coalesce(s.outcome, 'open') AS outcome,
      -- Of stages at one instant the earlier in the pipeline comes first, and the ends last.
      CASE s.outcome WHEN 'won' THEN 1000002 WHEN 'lost' THEN 1000001 ELSE coalesce(s.step, 0) END AS place,
      coalesce(l.created_on, d.created_on) AS created_on
    FROM stage_history c
    LEFT JOIN stages s ON s.stage_id = c.stage_id
    -- The kind is in the key: beside it, DuckDB compares every change with every lead.
    LEFT JOIN leads l ON l.lead_id = CASE WHEN c.kind = 'lead' THEN c.record_id END
    LEFT JOIN deals d ON d.deal_id = CASE WHEN c.kind = 'deal' THEN c.record_id END
    WHERE coalesce(l.status, d.status, 'open') NOT IN ('deleted', 'merged')
  ) h
) changes
WHERE previous_stage_id IS NULL OR previous_stage_id <> stage_id
