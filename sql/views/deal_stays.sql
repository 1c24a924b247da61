/*
describes: >-
  Each stay of a deal in a stage, from the entry to the next stage or the day on which it was closed, so that every deal is in one stage on
  each day from the one on which it was made (but those on which its history has it as won or lost, and it came back). Its stage is null
  before the first known one and without any; of a CRM without history until all stays are known (known_from of stage_stays: what moved on by
  then has lost its stages, and those that stayed alone say nothing of it); and since an end in its history that was taken back. A
  deal that is closed on a day nobody knows has none. Columns: deal_id, stage_id, since_on (the day of its entry, of making where the stage is null),
  from_on, until_on (the days that count: the first one, and the first one after; null while it is there), won_on (of the deal; null where
  it is not won), amount (of today).
reads:
  deals: { history: all }
  stage_history: { history: all }
planned_apart: true
*/
SELECT deal_id, stage_id, since_on, from_on, until_on, won_on, amount
FROM (
  SELECT
    deal_id,
    CASE WHEN is_before = 0 AND outcome = 'open' THEN stage_id END AS stage_id,
    CASE WHEN is_before = 1 THEN created_on ELSE entered_on END AS since_on,
    CASE
      WHEN is_before = 1 OR (created_on >= known_on AND created_on >= entered_on) THEN created_on
      WHEN known_on >= entered_on THEN known_on
      ELSE entered_on
    END AS from_on,
    CASE
      WHEN closed_on IS NULL OR (is_before = 1 AND known_on < closed_on) OR (is_before = 0 AND left_on < closed_on)
        THEN CASE WHEN is_before = 1 THEN known_on ELSE left_on END
      ELSE closed_on
    END AS until_on,
    won_on,
    amount
  FROM (
    SELECT
      *,
      -- From when on its stages are known; null: never.
      nullif(CASE WHEN unseen_until > first_on THEN unseen_until ELSE first_on END, DATE '9999-12-31') AS known_on
    FROM (
      SELECT
        d.deal_id,
        d.created_on,
        d.amount,
        CASE WHEN d.status <> 'open' THEN d.closed_on END AS closed_on,
        CASE WHEN d.status = 'won' THEN d.closed_on END AS won_on,
        s.stage_id,
        s.outcome,
        s.entered_on,
        s.left_on,
        min(s.entered_on) OVER (PARTITION BY d.deal_id) AS first_on,
        max(CASE WHEN s.has_unseen = 1 THEN coalesce(s.known_from, DATE '9999-12-31') END) OVER (PARTITION BY d.deal_id) AS unseen_until,
        row_number() OVER (PARTITION BY d.deal_id ORDER BY s.entered_at, s.stage_id) AS visit
      FROM deals d
      LEFT JOIN stage_stays s ON s.record_id = d.deal_id AND s.kind = 'deal'
      WHERE d.status = 'open' OR (d.status IN ('won', 'lost') AND d.closed_on IS NOT NULL)
    ) stays
  ) known
  CROSS JOIN (VALUES (0), (1)) AS k (is_before)
  WHERE (is_before = 1 AND visit = 1)
    OR (is_before = 0 AND known_on IS NOT NULL AND (outcome = 'open' OR (left_on IS NULL AND closed_on IS NULL)))
) days
WHERE until_on IS NULL OR until_on > from_on
