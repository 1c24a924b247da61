/*
describes: >-
  What the market buys, an equal part on each day of the span of its size. The parts are the steps of what is bought so far, rounded, so
  that those of a whole span add up to it exactly.
values:
  market_size: sum known amount
*/
SELECT
  day,
  region,
  segment,
  CAST(CAST(amount * (days_before + 1) AS double) / NULLIF(days, 0) AS decimal(18,4))
    - CAST(CAST(amount * days_before AS double) / NULLIF(days, 0) AS decimal(18,4)) AS amount
FROM (
  SELECT
    d.day,
    m.region,
    m.segment,
    m.amount,
    date_diff('day', m.starts_on, d.day) AS days_before,
    date_diff('day', m.starts_on, m.ends_on) + 1 AS days
  FROM window_days d
  JOIN market_sizes m ON d.day BETWEEN m.starts_on AND m.ends_on
) spans
