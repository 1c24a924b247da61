/*
describes: >-
  What deals won brought of a month or quarter by a day, and what the twelve before brought, when as many days were left. Columns: months,
  days_left, place (as in running_windows), is_begun, booked_amount, booked_deals (won by the day), rest_amount, rest_deals (won
  after it, of the whole window), new_amount, new_deals (of the twelve before, on average: of deals that were made after the day as well),
  usual_amount, usual_deals (of the twelve before, on average: the whole rest), pace_amount, pace_deals (booked, and as much for it as the
  twelve before brought after such a day; what is usual where they had nothing by then), deal_amount (mean of the deals won in all of these).
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
  CAST(weighted_amount AS double) / NULLIF(weights, 0) AS usual_amount,
  CAST(weighted_deals AS double) / NULLIF(weights, 0) AS usual_deals,
  coalesce(
    CAST(booked_amount AS double) * (CAST(before_rest_amount AS double) / NULLIF(before_booked_amount, 0)),
    CAST(weighted_amount AS double) / NULLIF(weights, 0)
  ) AS pace_amount,
  coalesce(
    CAST(booked_deals AS double) * (CAST(before_rest_deals AS double) / NULLIF(before_booked_deals, 0)),
    CAST(weighted_deals AS double) / NULLIF(weights, 0)
  ) AS pace_deals,
  CAST(booked_amount + before_booked_amount + before_rest_amount AS double) / NULLIF(valued_deals, 0) AS deal_amount
FROM (
  SELECT
    s.months,
    s.days_left,
    s.place + k.later * s.months AS place,
    bool_or(k.later = 0 AND s.is_begun) AS is_begun,
    sum(CASE WHEN k.later = 0 THEN s.booked_amount ELSE 0 END) AS booked_amount,
    sum(CASE WHEN k.later = 0 THEN s.booked_deals ELSE 0 END) AS booked_deals,
    sum(CASE WHEN k.later = 0 THEN s.rest_amount ELSE 0 END) AS rest_amount,
    sum(CASE WHEN k.later = 0 THEN s.rest_deals ELSE 0 END) AS rest_deals,
    sum(CASE WHEN s.is_known THEN k.weight ELSE 0 END) AS weights,
    sum(CASE WHEN s.is_known THEN k.weight * s.new_amount ELSE 0 END) AS weighted_new_amount,
    sum(CASE WHEN s.is_known THEN k.weight * s.new_deals ELSE 0 END) AS weighted_new_deals,
    sum(CASE WHEN s.is_known THEN k.weight * s.rest_amount ELSE 0 END) AS weighted_amount,
    sum(CASE WHEN s.is_known THEN k.weight * s.rest_deals ELSE 0 END) AS weighted_deals,
    sum(CASE WHEN k.later > 0 THEN s.booked_amount ELSE 0 END) AS before_booked_amount,
    sum(CASE WHEN k.later > 0 THEN s.booked_deals ELSE 0 END) AS before_booked_deals,
    sum(CASE WHEN k.later > 0 THEN s.rest_amount ELSE 0 END) AS before_rest_amount,
    sum(CASE WHEN k.later > 0 THEN s.rest_deals ELSE 0 END) AS before_rest_deals,
    sum(CASE WHEN k.later = 0 THEN s.valued_booked ELSE s.valued_booked + s.valued_rest END) AS valued_deals
  FROM (
    SELECT
      w.months,
      w.days_left,
      w.place,
      w.is_begun,
      w.is_known,
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
    GROUP BY w.months, w.days_left, w.place, w.is_begun, w.is_known
  ) s
  JOIN (
    VALUES
      (0, 1, 0), (1, 1, 1), (2, 1, 1), (3, 1, 4), (4, 1, 1), (5, 1, 1), (6, 1, 4), (7, 1, 1), (8, 1, 1), (9, 1, 4), (10, 1, 1), (11, 1, 1), (12, 1, 4),
      (0, 3, 0), (1, 3, 1), (2, 3, 1), (3, 3, 1), (4, 3, 4), (5, 3, 1), (6, 3, 1), (7, 3, 1), (8, 3, 4), (9, 3, 1), (10, 3, 1), (11, 3, 1), (12, 3, 4)
  ) AS k (later, months, weight) ON k.months = s.months
  GROUP BY s.months, s.days_left, s.place + k.later * s.months
) g
