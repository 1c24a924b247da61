/*
describes: >-
  What each customer is wanted to buy on a day: an equal part on each day of trade of the span that it was agreed for; of a span without
  any, all on its first day. The parts are the steps of what is due so far, rounded, so that those of a whole span add up to it exactly.
  Columns: day, customer_id, amount.
*/
SELECT
  day,
  customer_id,
  CAST(CAST(target_amount * place AS double) / NULLIF(days, 0) AS decimal(18,4))
    - CAST(CAST(target_amount * (place - 1) AS double) / NULLIF(days, 0) AS decimal(18,4)) AS amount
FROM (
  SELECT
    coalesce(t.day, o.starts_on) AS day,
    o.customer_id,
    o.target_amount,
    row_number() OVER (PARTITION BY o.customer_id, o.starts_on ORDER BY t.day) AS place,
    count(*) OVER (PARTITION BY o.customer_id, o.starts_on) AS days
  FROM customer_objectives o
  LEFT JOIN trading_days t ON t.day BETWEEN o.starts_on AND o.ends_on
) due
