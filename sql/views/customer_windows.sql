/*
describes: >-
  Customers who ordered in each window, in total and by region and industry. Columns: as_of, period, comparison,
  dimension, member (both 'total' for the total), customers (0 where nobody ordered), repeat_customers (those who
  ordered at least twice).
reads: []
views: [sales_documents]
days: { keys: [period, dimension, member], levels: [customers, repeat_customers] }
*/
-- Distinct customers do not add up from day to day, but the changes of their number do. As a window of one kind moves
-- on, a customer counts from an order on until the window leaves that order behind or the next order takes over; as one
-- of two orders, until the window leaves the earlier one behind or the next order takes over. So of three orders in a
-- row, each with the day `expires_on` on which windows that end there no longer hold it:
--   first alone        +1 customer on the day of the first
--   first and second   -1 customer, +1 repeat customer on the day of the second, or when the first expires if earlier
--   first and third    -1 repeat customer on the day of the third, or when the first expires if earlier
-- Two days between which no window starts or ends lie in the same windows, so each day is first replaced by the first
-- of its span: a customer's steps between two spans are counted once. An order outside all windows takes nothing over
-- that has not expired by then.
WITH visits AS (
  SELECT
    region,
    industry,
    ordered_on,
    lead(ordered_on, 1) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS second_on,
    lead(ordered_on, 2) OVER (PARTITION BY customer_id ORDER BY ordered_on) AS third_on
  FROM sales_documents
  WHERE kind = 'order' AND customer_id IS NOT NULL
),
spanned_visits AS (
  SELECT
    v.region,
    v.industry,
    first_day.span_starts_on AS ordered_on,
    coalesce(second_day.span_starts_on, DATE '9999-12-31') AS second_on,
    coalesce(third_day.span_starts_on, DATE '9999-12-31') AS third_on
  FROM visits v
  JOIN window_days first_day ON first_day.day = v.ordered_on
  LEFT JOIN window_days second_day ON second_day.day = v.second_on
  LEFT JOIN window_days third_day ON third_day.day = v.third_on
),
steps AS (
  SELECT
    v.region,
    v.industry,
    v.ordered_on,
    CASE s.step WHEN 1 THEN v.ordered_on WHEN 2 THEN v.second_on ELSE v.third_on END AS due_on,
    s.customers,
    s.repeat_customers
  FROM spanned_visits v
  CROSS JOIN (VALUES (1, 1, 0), (2, -1, 1), (3, 0, -1)) AS s (step, customers, repeat_customers)
),
member_steps AS (
  SELECT
    CASE WHEN region IS NOT NULL THEN 'region' WHEN industry IS NOT NULL THEN 'industry' ELSE 'total' END AS dimension,
    coalesce(region, industry, 'total') AS member,
    ordered_on,
    due_on,
    sum(customers) AS customers,
    sum(repeat_customers) AS repeat_customers
  FROM steps
  GROUP BY GROUPING SETS ((ordered_on, due_on), (ordered_on, due_on, region), (ordered_on, due_on, industry))
),
-- A rolling window leaves a day behind after its own length; one to date, when the next month, quarter or year begins,
-- before which no window of that start ends.
kinds AS (
  SELECT
    period,
    CASE WHEN period IN ('mtd', 'qtd', 'ytd') THEN starts_on ELSE DATE '0001-01-01' END AS starts_on,
    max(ends_on) AS last_on,
    max(CASE WHEN period NOT IN ('mtd', 'qtd', 'ytd') THEN date_diff('day', starts_on, ends_on) + 1 END) AS days
  FROM periods
  GROUP BY 1, 2
),
expiries AS (
  SELECT
    k.period,
    d.ordered_on,
    CASE
      WHEN k.days IS NULL THEN CAST(k.last_on + INTERVAL '1' DAY AS date)
      ELSE CAST(d.ordered_on + k.days * INTERVAL '1' DAY AS date)
    END AS expires_on
  FROM (SELECT DISTINCT span_starts_on AS ordered_on FROM window_days) d
  JOIN kinds k ON d.ordered_on BETWEEN k.starts_on AND k.last_on
)
SELECT
  x.period,
  m.dimension,
  m.member,
  CASE WHEN m.due_on < x.expires_on THEN m.due_on ELSE x.expires_on END AS day,
  m.customers,
  m.repeat_customers
FROM member_steps m
JOIN expiries x ON x.ordered_on = m.ordered_on
