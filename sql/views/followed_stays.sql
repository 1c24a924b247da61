/*
describes: >-
  The stays of stage_stays, and which of them are told by a deal: a lead with a deal under way is followed as the deal, so that what
  enters a stage once, or is lost once, counts once. Columns: those that are counted of a stay (stage_id, outcome, entered_on,
  entry_known, left_on, next_outcome, next_reason), entered_as_deal (1: a deal of the lead was there when it entered, and beyond that
  day), left_as_deal (1: one was there while it stayed, or ended that day).
reads:
  stage_history: { history: all }
  deals: { history: all, optional: true }
*/
SELECT
  s.stage_id,
  s.outcome,
  s.entered_on,
  s.entry_known,
  s.left_on,
  s.next_outcome,
  s.next_reason,
  -- Qualified and made a deal on one day, it was in the stage all the same.
  max(CASE WHEN d.created_on <= s.entered_on AND (s.left_on IS NULL OR d.created_on < s.left_on) THEN 1 ELSE 0 END)
    AS entered_as_deal,
  max(CASE WHEN d.created_on <= s.left_on THEN 1 ELSE 0 END) AS left_as_deal
FROM stage_stays s
LEFT JOIN deals d
  ON d.lead_id = CASE WHEN s.kind = 'lead' THEN s.record_id END
  AND d.status NOT IN ('deleted', 'merged')
  -- Taken up again on the day on which its deal ended, it is a lead again.
  AND (d.closed_on IS NULL OR d.closed_on > s.entered_on OR d.created_on = s.entered_on)
GROUP BY
  s.kind,
  s.record_id,
  s.entered_at,
  s.stage_id,
  s.outcome,
  s.entered_on,
  s.entry_known,
  s.left_on,
  s.next_outcome,
  s.next_reason
