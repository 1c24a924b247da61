/*
describes: >-
  Changes of the number of active customers: those whose latest order is less than 365 days old. A customer becomes active
  with an order that comes when no earlier one counts any more, and lapses 365 days after an order that none followed.
# Who was active on the day before a window is known from the 365 days before it.
reads:
  orders: { history: 365 }
values:
  active_customers: level change
  active_customers_before: opening change
*/
WITH visits AS (
  SELECT
    customer_id,
    ordered_on,
    CAST(ordered_on + INTERVAL '365' DAY AS date) AS lapses_on,
    lag(ordered_on, 1, DATE '1900-01-01') OVER (PARTITION BY customer_id ORDER BY ordered_on) AS previous_on,
    lead(ordered_on, 1, DATE '9999-12-31') OVER (PARTITION BY customer_id ORDER BY ordered_on) AS next_on
  FROM sales_documents
  WHERE kind = 'order' AND customer_id IS NOT NULL
)
SELECT CASE WHEN c.change > 0 THEN v.ordered_on ELSE v.lapses_on END AS day, v.customer_id, c.change
FROM visits v
CROSS JOIN (VALUES (1), (-1)) AS c (change)
WHERE
  (c.change > 0 AND CAST(v.previous_on + INTERVAL '365' DAY AS date) <= v.ordered_on)
  OR (c.change < 0 AND v.next_on >= v.lapses_on)
