/*
describes: >-
  What deals will have brought by the end of the running month or quarter: those won in it by the as-of date (part '(booked)'), the
  open ones of each stage by their odds (part: the stage; '(unknown)' before the first known one; an open deal whose amount is not known
  has the mean of those won), those that are still to be made as many as the twelve windows before had on average (part '(new)'), and
  what must be added to these or taken off (part '(pace)'), so that the rest is the mean of three ways to see it: deal by deal; what the
  rest of such windows usually brought; and at the pace of this one. Each counts by how little it was off in the twelve windows before, told
  by what was known then (one over the square of its mean squared error); alike while fewer than two tell. There is a row once a deal was
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
      CAST(own_amount * amount_weight_own + usual_amount * amount_weight_usual + pace_amount * amount_weight_pace AS double)
        / NULLIF(amount_weight_own + amount_weight_usual + amount_weight_pace, 0) - own_amount AS decimal(18,4)
    ) ELSE amount END AS amount,
    CASE WHEN part = '(pace)' THEN CAST(
      CAST(own_deals * deals_weight_own + usual_deals * deals_weight_usual + pace_deals * deals_weight_pace AS double)
        / NULLIF(deals_weight_own + deals_weight_usual + deals_weight_pace, 0) - own_deals AS decimal(18,4)
    ) ELSE deals END AS deals
  FROM (
    SELECT
      *,
      CASE WHEN amount_tried < 2 THEN 1 ELSE CAST(1 AS double) / NULLIF(power(amount_error_own + 0.0004, 2), 0) END AS amount_weight_own,
      CASE WHEN amount_tried < 2 THEN 1 ELSE CAST(1 AS double) / NULLIF(power(amount_error_usual + 0.0004, 2), 0) END AS amount_weight_usual,
      CASE WHEN amount_tried < 2 THEN 1 ELSE CAST(1 AS double) / NULLIF(power(amount_error_pace + 0.0004, 2), 0) END AS amount_weight_pace,
      CASE WHEN deals_tried < 2 THEN 1 ELSE CAST(1 AS double) / NULLIF(power(deals_error_own + 0.0004, 2), 0) END AS deals_weight_own,
      CASE WHEN deals_tried < 2 THEN 1 ELSE CAST(1 AS double) / NULLIF(power(deals_error_usual + 0.0004, 2), 0) END AS deals_weight_usual,
      CASE WHEN deals_tried < 2 THEN 1 ELSE CAST(1 AS double) / NULLIF(power(deals_error_pace + 0.0004, 2), 0) END AS deals_weight_pace
    FROM (
      SELECT
        *,
        count(amount_off_own) OVER (PARTITION BY months, days_left, place) AS amount_tried,
        CAST(sum(amount_off_own) OVER (PARTITION BY months, days_left, place) AS double) AS amount_error_own,
        CAST(sum(amount_off_usual) OVER (PARTITION BY months, days_left, place) AS double) AS amount_error_usual,
        CAST(sum(amount_off_pace) OVER (PARTITION BY months, days_left, place) AS double) AS amount_error_pace,
        count(deals_off_own) OVER (PARTITION BY months, days_left, place) AS deals_tried,
        CAST(sum(deals_off_own) OVER (PARTITION BY months, days_left, place) AS double) AS deals_error_own,
        CAST(sum(deals_off_usual) OVER (PARTITION BY months, days_left, place) AS double) AS deals_error_usual,
        CAST(sum(deals_off_pace) OVER (PARTITION BY months, days_left, place) AS double) AS deals_error_pace
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
          v.usual_amount,
          v.usual_deals,
          v.pace_amount,
          v.pace_deals,
          CASE WHEN k.later > 0 THEN v.amount_off_own END AS amount_off_own,
          CASE WHEN k.later > 0 THEN v.amount_off_usual END AS amount_off_usual,
          CASE WHEN k.later > 0 THEN v.amount_off_pace END AS amount_off_pace,
          CASE WHEN k.later > 0 THEN v.deals_off_own END AS deals_off_own,
          CASE WHEN k.later > 0 THEN v.deals_off_usual END AS deals_off_usual,
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
