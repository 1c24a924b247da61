/*
describes: >-
  Fixed costs, an equal part on each day of their span. The parts are the steps of what is borne so far, rounded, so that those of a
  whole span add up to its cost exactly.
values:
  fixed_cost: sum known amount
*/
SELECT
  day,
  CAST(CAST(amount * (days_before + 1) AS double) / NULLIF(days, 0) AS decimal(18,4))
    - CAST(CAST(amount * days_before AS double) / NULLIF(days, 0) AS decimal(18,4)) AS amount
FROM (
  SELECT
    d.day,
    c.amount,
    date_diff('day', c.starts_on, d.day) AS days_before,
    date_diff('day', c.starts_on, c.ends_on) + 1 AS days
  FROM window_days d
  JOIN fixed_costs c ON d.day BETWEEN c.starts_on AND c.ends_on
) spans
