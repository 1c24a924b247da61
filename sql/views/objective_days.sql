/*
describes: >-
  What each customer is wanted to buy on a day: an equal part on each day of trade of the span that it was agreed for; of a span without
  any, all on its first day. The parts are the steps of what is due so far, rounded, so that those of a whole span add up to it exactly.
  Each day of a span has a row. Columns: day, customer_id, amount (null on a day on which nothing is due).
*/
SELECT
  day,
  customer_id,
  CASE
    WHEN days = 0 AND day = starts_on THEN target_amount
    WHEN trades = 1 THEN
      CAST(CAST(target_amount * place AS double) / NULLIF(days, 0) AS decimal(18,4))
        - CAST(CAST(target_amount * (place - 1) AS double) / NULLIF(days, 0) AS decimal(18,4))
  END AS amount
FROM (
  SELECT
    c.day,
    c.trades,
    o.customer_id,
    o.starts_on,
    o.target_amount,
    count(CASE WHEN c.trades = 1 THEN 1 END) OVER (PARTITION BY o.customer_id, o.starts_on ORDER BY c.day) AS place,
    count(CASE WHEN c.trades = 1 THEN 1 END) OVER (PARTITION BY o.customer_id, o.starts_on) AS days
  FROM customer_objectives o
  JOIN calendar_days c ON c.day BETWEEN o.starts_on AND o.ends_on
) due
