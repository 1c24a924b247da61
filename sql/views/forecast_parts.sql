/*
describes: >-
  What deals will have brought by the end of the running month or quarter: those won in it by the as-of date (part '(booked)'), the
  open ones of each stage by their odds (part: the stage; '(unknown)' before the first known one; an open deal whose amount is not known
  has the mean of those won), those that are still to be made as many as the twelve windows before had on average (part '(new)'), and
  what must be added to these or taken off (part '(pace)'), so that the rest is the mean of two ways to see it: deal by deal, and at the
  pace of this window. Each counts one over the cube of its mean squared error in the twelve windows before, told by what was known then,
  and in one more in which both were off alike (so alike while nothing tells). There is a row once a deal was
  made. Columns: as_of, period, part, amount, deals (both null where nothing tells the odds).
*/
SELECT p.as_of, p.period, r.part, r.amount, r.deals
FROM periods p
JOIN (
  SELECT
    months,
    days_left,
    place,
    part,
    CASE WHEN part = '(pace)' THEN CAST(
      (pace_amount - own_amount) * coalesce(
        CAST(power(amount_error_own, 3) AS double) / NULLIF(power(amount_error_own, 3) + power(amount_error_pace, 3), 0),
        0.5
      ) AS decimal(18,4)
    ) ELSE amount END AS amount,
    CASE WHEN part = '(pace)' THEN CAST(
      (pace_deals - own_deals) * coalesce(
        CAST(power(deals_error_own, 3) AS double) / NULLIF(power(deals_error_own, 3) + power(deals_error_pace, 3), 0),
        0.5
      ) AS decimal(18,4)
    ) ELSE deals END AS deals
  FROM (
    SELECT
      *,
      amount_own + CAST(amount_own + amount_pace AS double) / NULLIF(2 * amount_tried, 0) AS amount_error_own,
      amount_pace + CAST(amount_own + amount_pace AS double) / NULLIF(2 * amount_tried, 0) AS amount_error_pace,
      deals_own + CAST(deals_own + deals_pace AS double) / NULLIF(2 * deals_tried, 0) AS deals_error_own,
      deals_pace + CAST(deals_own + deals_pace AS double) / NULLIF(2 * deals_tried, 0) AS deals_error_pace
    FROM (
      SELECT
        *,
        count(amount_off_own) OVER (PARTITION BY months, days_left, place) AS amount_tried,
        CAST(sum(amount_off_own) OVER (PARTITION BY months, days_left, place) AS double) AS amount_own,
        CAST(sum(amount_off_pace) OVER (PARTITION BY months, days_left, place) AS double) AS amount_pace,
        count(deals_off_own) OVER (PARTITION BY months, days_left, place) AS deals_tried,
        CAST(sum(deals_off_own) OVER (PARTITION BY months, days_left, place) AS double) AS deals_own,
        CAST(sum(deals_off_pace) OVER (PARTITION BY months, days_left, place) AS double) AS deals_pace
      FROM (
        SELECT
          v.months,
          v.days_left,
          v.place + k.later * v.months AS place,
          k.later,
          v.part,
          v.amount,
          v.deals,
          v.own_amount,
          v.own_deals,
          v.pace_amount,
          v.pace_deals,
          CASE WHEN k.later > 0 THEN v.amount_off_own END AS amount_off_own,
          CASE WHEN k.later > 0 THEN v.amount_off_pace END AS amount_off_pace,
          CASE WHEN k.later > 0 THEN v.deals_off_own END AS deals_off_own,
          CASE WHEN k.later > 0 THEN v.deals_off_pace END AS deals_off_pace
        FROM rest_views v
        JOIN (
          VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)
        ) AS k (later) ON k.later = 0 OR v.part = '(booked)'
      ) e
    ) f
    WHERE later = 0
  ) g
) r
  ON r.months = CASE p.period WHEN 'mtd' THEN 1 ELSE 3 END
  AND r.place = 12 * extract(YEAR FROM p.starts_on) + extract(MONTH FROM p.starts_on)
  AND r.days_left = date_diff(
    'day',
    p.ends_on,
    CASE p.period WHEN 'mtd' THEN CAST(p.starts_on + INTERVAL '1' MONTH AS date) ELSE CAST(p.starts_on + INTERVAL '3' MONTH AS date) END
  ) - 1
WHERE p.comparison = 'current' AND (r.part NOT IN ('(new)', '(pace)') OR (r.days_left > 0 AND (r.amount IS NOT NULL OR r.deals IS NOT NULL)))
