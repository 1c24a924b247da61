/*
describes: >-
  Each stay of a lead or deal in a stage, from the entry to the next other stage. The same stage seen again is the same stay; one that
  came back has another. Deleted and merged records have none. The day of an entry is known where the CRM says it, or the record was
  made no earlier than the day before it was first seen. A CRM without history does not tell through which stages a record went
  before it was first read: of it all entries are known from the first move on that was seen, of its leads and of its deals. Columns: kind,
  record_id, source, stage_id (the member of known_stages), pipeline, step, outcome, entered_at, entered_on, entry_known, left_on (null while it is there), next_outcome,
  next_reason (of the stage that it went to), has_unseen (1: of the source's leads, or deals, some were in stages before they were
  first seen), known_from (then: the first day of which all entries are known; null while there is none).
reads:
  stage_history: { history: all, ahead: all }
  leads: { history: all, ahead: all, optional: true }
  deals: { history: all, ahead: all, optional: true }
*/
SELECT
  *,
  max(is_unseen) OVER (PARTITION BY source, kind) AS has_unseen,
  min(moved_on) OVER (PARTITION BY source, kind) AS known_from
FROM (
  SELECT
    kind,
    record_id,
    source,
    stage_id,
    pipeline,
    step,
    outcome,
    entered_at,
    entered_on,
    basis <> 'seen' OR previous_stage_id IS NOT NULL OR date_diff('day', created_on, entered_on) <= 1 AS entry_known,
    CASE
      WHEN basis = 'history' OR previous_stage_id IS NOT NULL OR date_diff('day', created_on, entered_on) <= 1 THEN 0
      ELSE 1
    END AS is_unseen,
    -- In another pipeline it may have been all along: a record can be in two at once.
    CASE WHEN outcome = 'open' AND previous_outcome = 'open' AND coalesce(previous_pipeline, '') = coalesce(pipeline, '')
      THEN entered_on
    END AS moved_on,
    lead(entered_on) OVER (PARTITION BY kind, record_id ORDER BY entered_at, place, stage_id) AS left_on,
    lead(outcome) OVER (PARTITION BY kind, record_id ORDER BY entered_at, place, stage_id) AS next_outcome,
    lead(reason) OVER (PARTITION BY kind, record_id ORDER BY entered_at, place, stage_id) AS next_reason
  FROM (
    SELECT
      h.*,
      lag(h.stage_id) OVER (PARTITION BY h.kind, h.record_id ORDER BY h.entered_at, h.place, h.stage_id) AS previous_stage_id,
      lag(h.outcome) OVER (PARTITION BY h.kind, h.record_id ORDER BY h.entered_at, h.place, h.stage_id) AS previous_outcome,
      lag(h.pipeline) OVER (PARTITION BY h.kind, h.record_id ORDER BY h.entered_at, h.place, h.stage_id) AS previous_pipeline
    FROM (
      SELECT
        c.kind,
        c.record_id,
        coalesce(c.crm, '') AS source,
        coalesce(s.member, c.stage_id) AS stage_id,
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
      LEFT JOIN known_stages s ON s.stage_id = c.stage_id AND (s.crm = c.crm OR s.sources = 1)
      -- The kind is in the key: beside it, DuckDB compares every change with every lead.
      LEFT JOIN leads l ON l.lead_id = CASE WHEN c.kind = 'lead' THEN c.record_id END
      LEFT JOIN deals d ON d.deal_id = CASE WHEN c.kind = 'deal' THEN c.record_id END
      WHERE coalesce(l.status, d.status, 'open') NOT IN ('deleted', 'merged')
    ) h
  ) changes
  WHERE previous_stage_id IS NULL OR previous_stage_id <> stage_id
) stays
