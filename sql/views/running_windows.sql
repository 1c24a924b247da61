/*
describes: >-
  Months and quarters while they run, and the twelve before each, on the day on which as many days were left of them. Columns: period,
  ends_on (as-of date), back (0 for the running one; 1 is the one before), trial_weight (0 for the running one; 4 for those at the same
  place of the quarter or the year, else 1), seen_on, closes_on (its last day).
*/
SELECT period, ends_on, back, trial_weight, CAST(closes_on - days_left * INTERVAL '1' DAY AS date) AS seen_on, closes_on
FROM (
  SELECT
    w.period,
    w.ends_on,
    k.back,
    CASE WHEN k.back = 0 THEN 0 WHEN k.back % CASE w.months WHEN 1 THEN 3 ELSE 4 END = 0 THEN 4 ELSE 1 END AS trial_weight,
    date_diff('day', w.ends_on, w.next_on) - 1 AS days_left,
    CAST(CAST(w.next_on - k.back * w.months * INTERVAL '1' MONTH AS date) - INTERVAL '1' DAY AS date) AS closes_on
  FROM (
    SELECT
      period,
      ends_on,
      CASE period WHEN 'mtd' THEN 1 ELSE 3 END AS months,
      CASE period WHEN 'mtd' THEN CAST(starts_on + INTERVAL '1' MONTH AS date) ELSE CAST(starts_on + INTERVAL '3' MONTH AS date) END AS next_on
    FROM periods
    WHERE comparison = 'current'
  ) w
  CROSS JOIN (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)) AS k (back)
) windows
