/*
describes: >-
  Months and quarters while they run and the 24 before each, on the day on which as many days were left of them (the eve of the first one, in
  months that are shorter). Columns: months (1 or 3), days_left, place (months since year 0 of its first day: the window before lies months
  less), starts_on, seen_on, closes_on (its last day), is_begun (a deal was made by seen_on), is_known (a deal was won by closes_on: what
  ended before anything was ever won says nothing of how much is won).
reads:
  deals: { history: all }
*/
SELECT
  w.months,
  w.days_left,
  12 * extract(YEAR FROM w.starts_on) + extract(MONTH FROM w.starts_on) AS place,
  w.starts_on,
  w.seen_on,
  CAST(w.next_on - INTERVAL '1' DAY AS date) AS closes_on,
  w.seen_on >= f.first_made_on AS is_begun,
  coalesce(w.next_on > f.first_won_on, false) AS is_known
FROM (
  SELECT
    months,
    days_left,
    starts_on,
    next_on,
    CASE
      WHEN CAST(next_on - (days_left + 1) * INTERVAL '1' DAY AS date) < starts_on THEN CAST(starts_on - INTERVAL '1' DAY AS date)
      ELSE CAST(next_on - (days_left + 1) * INTERVAL '1' DAY AS date)
    END AS seen_on
  FROM (
    SELECT DISTINCT
      r.months,
      r.days_left,
      CAST(r.next_on - (k.back + 1) * r.months * INTERVAL '1' MONTH AS date) AS starts_on,
      CAST(r.next_on - k.back * r.months * INTERVAL '1' MONTH AS date) AS next_on
    FROM (
      SELECT months, next_on, date_diff('day', ends_on, next_on) - 1 AS days_left
      FROM (
        SELECT
          ends_on,
          CASE period WHEN 'mtd' THEN 1 ELSE 3 END AS months,
          CASE period WHEN 'mtd' THEN CAST(starts_on + INTERVAL '1' MONTH AS date) ELSE CAST(starts_on + INTERVAL '3' MONTH AS date) END AS next_on
        FROM periods
        WHERE comparison = 'current'
      ) p
    ) r
    CROSS JOIN (
      VALUES
        (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12),
        (13), (14), (15), (16), (17), (18), (19), (20), (21), (22), (23), (24)
    ) AS k (back)
  ) d
) w
CROSS JOIN (
  SELECT min(created_on) AS first_made_on, min(CASE WHEN status = 'won' THEN closed_on END) AS first_won_on
  FROM deals
  WHERE status NOT IN ('deleted', 'merged')
) f
