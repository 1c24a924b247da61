/*
describes: >-
  What deals will have brought by the end of the running month or quarter: those won in it by the as-of date (part '(booked)'), and the
  open ones of each stage (part: the stage; '(unknown)' before the first known one) by their odds. An open deal whose amount is not known
  has the mean of those won in the 365 days before. There is a row once a deal was made. Columns: as_of, period, part, amount, deals (both
  null where nothing tells the odds).
reads:
  deals: { history: all }
*/
SELECT
  b.as_of,
  b.period,
  CASE WHEN k.is_booked THEN '(booked)' ELSE coalesce(o.stage_id, '(unknown)') END AS part,
  CASE
    WHEN k.is_booked THEN CAST(b.booked_amount AS decimal(18,4))
    ELSE CAST(o.odds * (coalesce(o.open_amount, 0) + coalesce(o.unvalued_deals * b.usual_amount, 0)) AS decimal(18,4))
  END AS amount,
  CASE WHEN k.is_booked THEN CAST(b.booked_deals AS decimal(18,4)) ELSE CAST(o.odds * o.open_deals AS decimal(18,4)) END AS deals
FROM (
  SELECT
    p.as_of,
    p.period,
    p.starts_on,
    p.ends_on,
    coalesce(sum(CASE WHEN d.status = 'won' AND d.closed_on >= p.starts_on AND d.closed_on <= p.ends_on THEN d.amount END), 0) AS booked_amount,
    sum(CASE WHEN d.status = 'won' AND d.closed_on >= p.starts_on AND d.closed_on <= p.ends_on THEN 1 ELSE 0 END) AS booked_deals,
    avg(
      CAST(
        CASE WHEN d.status = 'won' AND d.closed_on <= p.ends_on AND d.closed_on > p.ends_on - INTERVAL '365' DAY THEN d.amount END AS double
      )
    ) AS usual_amount
  FROM periods p
  JOIN deals d ON d.created_on <= p.ends_on AND d.status NOT IN ('deleted', 'merged')
  WHERE p.comparison = 'current'
  GROUP BY p.as_of, p.period, p.starts_on, p.ends_on
) b
CROSS JOIN (VALUES (true), (false)) AS k (is_booked)
LEFT JOIN winning_odds o
  ON NOT k.is_booked AND o.period = b.period AND o.ends_on = b.ends_on AND o.open_deals > 0
WHERE k.is_booked OR o.open_deals > 0
