/*
describes: >-
  What deals won brought of a month or quarter by a day, and what the twelve before brought, when as many days were left. Columns: months,
  days_left, place (as in running_windows), is_begun, booked_amount, booked_deals (won by the day), rest_amount, rest_deals (won
  after it, of the whole window), new_amount, new_deals (of the twelve before, on average: of deals that were made after the day as well),
  pace_amount, pace_deals (the rest as it usually was, times how this window stands: what is booked for what was booked in the twelve before in as
  many days, both with a quarter of the latter added, so that an empty first week does not promise an empty month; the usual rest where they
  had nothing by then), deal_amount (mean of the deals won in all of these).
  Averages count months at the same place of a quarter, and the same quarters of a year, four times. Null where no window before is known.
reads:
  deals: { history: all }
*/
SELECT
  months,
  days_left,
  place,
  is_begun,
  booked_amount,
  booked_deals,
  rest_amount,
  rest_deals,
  CAST(weighted_new_amount AS double) / NULLIF(weights, 0) AS new_amount,
  CAST(weighted_new_deals AS double) / NULLIF(weights, 0) AS new_deals,
  CAST(paced_rest_amount AS double) / NULLIF(paced_weights, 0)
    * coalesce((CAST(booked_amount * paced_weights AS double) / NULLIF(paced_booked_amount * days_gone, 0) + 0.25) * 0.8, 1) AS pace_amount,
  CAST(paced_rest_deals AS double) / NULLIF(paced_weights, 0)
    * coalesce((CAST(booked_deals * paced_weights AS double) / NULLIF(paced_booked_deals * days_gone, 0) + 0.25) * 0.8, 1) AS pace_deals,
  CAST(booked_amount + before_booked_amount + before_rest_amount AS double) / NULLIF(valued_deals, 0) AS deal_amount
FROM (
  SELECT
    s.months,
    s.days_left,
    s.place + k.later * s.months AS place,
    bool_or(k.later = 0 AND s.is_begun) AS is_begun,
    sum(CASE WHEN k.later = 0 THEN s.days_gone ELSE 0 END) AS days_gone,
    sum(CASE WHEN k.later = 0 THEN s.booked_amount ELSE 0 END) AS booked_amount,
    sum(CASE WHEN k.later = 0 THEN s.booked_deals ELSE 0 END) AS booked_deals,
    sum(CASE WHEN k.later = 0 THEN s.rest_amount ELSE 0 END) AS rest_amount,
    sum(CASE WHEN k.later = 0 THEN s.rest_deals ELSE 0 END) AS rest_deals,
    sum(CASE WHEN s.is_known THEN k.weight ELSE 0 END) AS weights,
    sum(CASE WHEN s.is_known THEN k.weight * s.new_amount ELSE 0 END) AS weighted_new_amount,
    sum(CASE WHEN s.is_known THEN k.weight * s.new_deals ELSE 0 END) AS weighted_new_deals,
    sum(CASE WHEN s.tells_pace THEN k.weight ELSE 0 END) AS paced_weights,
    sum(CASE WHEN s.tells_pace THEN k.weight * s.rest_amount ELSE 0 END) AS paced_rest_amount,
    sum(CASE WHEN s.tells_pace THEN k.weight * s.rest_deals ELSE 0 END) AS paced_rest_deals,
    CAST(sum(CASE WHEN s.tells_pace THEN k.weight * s.daily_amount ELSE 0 END) AS double) AS paced_booked_amount,
    CAST(sum(CASE WHEN s.tells_pace THEN k.weight * s.daily_deals ELSE 0 END) AS double) AS paced_booked_deals,
    sum(CASE WHEN k.later > 0 THEN s.booked_amount ELSE 0 END) AS before_booked_amount,
    sum(CASE WHEN k.later > 0 THEN s.rest_amount ELSE 0 END) AS before_rest_amount,
    sum(CASE WHEN k.later = 0 THEN s.valued_booked ELSE s.valued_booked + s.valued_rest END) AS valued_deals
  FROM (
    SELECT
      *,
      is_known AND days_gone > 0 AS tells_pace,
      CAST(CAST(booked_amount AS double) / NULLIF(days_gone, 0) AS decimal(38,8)) AS daily_amount,
      CAST(CAST(booked_deals AS double) / NULLIF(days_gone, 0) AS decimal(38,8)) AS daily_deals
    FROM (
      SELECT
        w.months,
        w.days_left,
        w.place,
        w.is_begun,
        w.is_known,
        date_diff('day', w.starts_on, w.seen_on) + 1 AS days_gone,
        coalesce(sum(CASE WHEN d.closed_on <= w.seen_on THEN d.amount END), 0) AS booked_amount,
        sum(CASE WHEN d.closed_on <= w.seen_on THEN 1 ELSE 0 END) AS booked_deals,
        count(CASE WHEN d.closed_on <= w.seen_on THEN d.amount END) AS valued_booked,
        coalesce(sum(CASE WHEN d.closed_on > w.seen_on THEN d.amount END), 0) AS rest_amount,
        sum(CASE WHEN d.closed_on > w.seen_on THEN 1 ELSE 0 END) AS rest_deals,
        count(CASE WHEN d.closed_on > w.seen_on THEN d.amount END) AS valued_rest,
        coalesce(sum(CASE WHEN d.closed_on > w.seen_on AND d.created_on > w.seen_on THEN d.amount END), 0) AS new_amount,
        sum(CASE WHEN d.closed_on > w.seen_on AND d.created_on > w.seen_on THEN 1 ELSE 0 END) AS new_deals
      FROM running_windows w
      LEFT JOIN deals d ON d.status = 'won' AND d.closed_on >= w.starts_on AND d.closed_on <= w.closes_on
      GROUP BY w.months, w.days_left, w.place, w.is_begun, w.is_known, w.starts_on, w.seen_on
    ) won
  ) s
  JOIN (
    VALUES
      (0, 1, 0), (1, 1, 1), (2, 1, 1), (3, 1, 4), (4, 1, 1), (5, 1, 1), (6, 1, 4), (7, 1, 1), (8, 1, 1), (9, 1, 4), (10, 1, 1), (11, 1, 1), (12, 1, 4),
      (0, 3, 0), (1, 3, 1), (2, 3, 1), (3, 3, 1), (4, 3, 4), (5, 3, 1), (6, 3, 1), (7, 3, 1), (8, 3, 4), (9, 3, 1), (10, 3, 1), (11, 3, 1), (12, 3, 4)
  ) AS k (later, months, weight) ON k.months = s.months
  GROUP BY s.months, s.days_left, s.place + k.later * s.months
) g
