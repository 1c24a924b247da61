/*
describes: >-
  Each stay of a deal in a stage, from the entry to the next stage or the day on which it was closed, so that every deal is in one stage on
  each day from the one on which it was made. Before its first known stage, and without any, its stage is null. A deal that is closed on a
  day nobody knows has none. Columns: deal_id, stage_id, entered_on, left_on (null while it is there), won_on (of the deal; null where it is not won), amount (of today).
reads:
  deals: { history: all }
  stage_history: { history: all }
*/
SELECT
  d.deal_id,
  s.stage_id,
  s.entered_on,
  CASE
    WHEN d.status = 'open' THEN s.left_on
    WHEN s.left_on < d.closed_on THEN s.left_on
    ELSE d.closed_on
  END AS left_on,
  CASE WHEN d.status = 'won' THEN d.closed_on END AS won_on,
  d.amount
FROM deals d
JOIN (
  SELECT record_id, stage_id, entered_on, left_on
  FROM stage_stays
  WHERE kind = 'deal' AND outcome = 'open'
  UNION ALL
  SELECT b.deal_id AS record_id, NULL AS stage_id, b.created_on AS entered_on, min(h.entered_on) AS left_on
  FROM deals b
  LEFT JOIN stage_history h ON h.kind = 'deal' AND h.record_id = b.deal_id
  GROUP BY b.deal_id, b.created_on
  HAVING min(h.entered_on) IS NULL OR min(h.entered_on) > b.created_on
) s ON s.record_id = d.deal_id
WHERE d.status = 'open' OR (d.status IN ('won', 'lost') AND s.entered_on < d.closed_on)
