/*
describes: >-
  Two ways to see what is left of a month or quarter, and by how much each was off. A row for each part of the first: '(booked)', what
  is won; '(new)', deals still to be made; '(pace)', empty; the stages of open deals ('(unknown)' before the first known one). Columns: months,
  days_left, place (as in running_windows), part, amount, deals (of the part; null where nothing tells), own_amount, own_deals (deal by deal:
  stages and new), pace_amount, pace_deals (as in usual_rests), and of the part '(booked)' amount_off_own, amount_off_pace, deals_off_own,
  deals_off_pace: the square of the error (null where one of the two said nothing).
planned_apart: true
*/
SELECT
  months,
  days_left,
  place,
  part,
  amount,
  deals,
  own_amount,
  own_deals,
  pace_amount,
  pace_deals,
  CASE WHEN amount_is_told THEN CAST(power(CAST(own_amount - rest_amount AS double), 2) AS decimal(38,4)) END AS amount_off_own,
  CASE WHEN amount_is_told THEN CAST(power(CAST(pace_amount - rest_amount AS double), 2) AS decimal(38,4)) END AS amount_off_pace,
  CASE WHEN deals_are_told THEN CAST(power(CAST(own_deals - rest_deals AS double), 2) AS decimal(38,4)) END AS deals_off_own,
  CASE WHEN deals_are_told THEN CAST(power(CAST(pace_deals - rest_deals AS double), 2) AS decimal(38,4)) END AS deals_off_pace
FROM (
  SELECT
    *,
    part = '(booked)' AND own_amount IS NOT NULL AND pace_amount IS NOT NULL AS amount_is_told,
    part = '(booked)' AND own_deals IS NOT NULL AND pace_deals IS NOT NULL AS deals_are_told
  FROM (
    SELECT
      *,
      CASE WHEN bool_and(part IN ('(booked)', '(new)', '(pace)') OR amount IS NOT NULL) OVER (PARTITION BY months, days_left, place)
        THEN CAST(sum(CASE WHEN part NOT IN ('(booked)', '(pace)') THEN amount ELSE 0 END) OVER (PARTITION BY months, days_left, place) AS double)
      END AS own_amount,
      CASE WHEN bool_and(part IN ('(booked)', '(new)', '(pace)') OR deals IS NOT NULL) OVER (PARTITION BY months, days_left, place)
        THEN CAST(sum(CASE WHEN part NOT IN ('(booked)', '(pace)') THEN deals ELSE 0 END) OVER (PARTITION BY months, days_left, place) AS double)
      END AS own_deals
    FROM (
      SELECT
        u.months,
        u.days_left,
        u.place,
        u.pace_amount,
        u.pace_deals,
        u.rest_amount,
        u.rest_deals,
        u.part,
        CASE WHEN count(u.amount) = count(*) THEN sum(u.amount) END AS amount,
        CASE WHEN count(u.deals) = count(*) THEN sum(u.deals) END AS deals
      FROM (
        SELECT
          u.*,
          CASE k.kind WHEN 1 THEN '(booked)' WHEN 2 THEN '(new)' WHEN 3 THEN '(pace)' ELSE coalesce(o.stage_id, '(unknown)') END AS part,
          CASE k.kind
            WHEN 1 THEN CAST(u.booked_amount AS decimal(18,4))
            WHEN 2 THEN CAST(u.new_amount AS decimal(18,4))
            WHEN 4 THEN CAST(o.amount_odds * (o.open_amount + CASE WHEN o.unvalued_deals > 0 THEN o.unvalued_deals * u.deal_amount ELSE 0 END) AS decimal(18,4))
          END AS amount,
          CASE k.kind
            WHEN 1 THEN CAST(u.booked_deals AS decimal(18,4))
            WHEN 2 THEN CAST(u.new_deals AS decimal(18,4))
            WHEN 4 THEN CAST(o.odds * o.open_deals AS decimal(18,4))
          END AS deals
        FROM usual_rests u
        CROSS JOIN (VALUES (1), (2), (3), (4)) AS k (kind)
        LEFT JOIN winning_odds o
          ON k.kind = 4 AND o.months = u.months AND o.days_left = u.days_left AND o.place = u.place AND o.open_deals > 0
        WHERE u.is_begun AND (k.kind < 4 OR o.open_deals > 0)
      ) u
      GROUP BY
        u.months,
        u.days_left,
        u.place,
        u.pace_amount,
        u.pace_deals,
        u.rest_amount,
        u.rest_deals,
        u.part
    ) parts
  ) sums
) told
