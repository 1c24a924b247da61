/*
describes: >-
  Customers who ordered in each window, in total and by region and industry. Columns: as_of, period, comparison,
  dimension, member (both 'total' for the total), customers, repeat_customers (those who ordered at least twice).
reads: []
views: [sales_documents]
*/
-- Distinct customers do not add up from day to day, but the changes of their number do. As a window of one kind moves
-- on, a customer counts from an order on until the window leaves that order behind or the next order takes over; as one
-- of two orders, until the window leaves the earlier one behind or the next order takes over. So of three orders in a
-- row, each with the day `expires_on` on which windows that end there no longer hold it:
--   first alone        +1 customer on the day of the first
--   first and second   -1 customer, +1 repeat customer on the day of the second, or when the first expires if earlier
--   first and third    -1 repeat customer on the day of the third, or when the first expires if earlier
-- Two days between which no window starts or ends lie in the same windows, so each day is first replaced by the last
-- `turn` up to it: one as-of date has some forty of them, and a customer's steps between two of them are counted once.
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
turns AS (
  SELECT starts_on AS turn_on
  FROM periods
  UNION
  SELECT CAST(ends_on + INTERVAL '1' DAY AS date) AS turn_on
  FROM periods
),
day_turns AS (
  SELECT d.ordered_on, max(t.turn_on) AS turn_on
  FROM (SELECT DISTINCT ordered_on FROM visits) d
  JOIN turns t ON t.turn_on <= d.ordered_on
  GROUP BY d.ordered_on
),
turned_visits AS (
  SELECT
    v.region,
    v.industry,
    first_turn.turn_on AS ordered_on,
    coalesce(second_turn.turn_on, DATE '9999-12-31') AS second_on,
    coalesce(third_turn.turn_on, DATE '9999-12-31') AS third_on
  FROM visits v
  JOIN day_turns first_turn ON first_turn.ordered_on = v.ordered_on
  LEFT JOIN day_turns second_turn ON second_turn.ordered_on = v.second_on
  LEFT JOIN day_turns third_turn ON third_turn.ordered_on = v.third_on
),
steps AS (
  SELECT region, industry, ordered_on, ordered_on AS due_on, 1 AS customers, 0 AS repeat_customers
  FROM turned_visits
  UNION ALL
  SELECT region, industry, ordered_on, second_on AS due_on, -1 AS customers, 1 AS repeat_customers
  FROM turned_visits
  UNION ALL
  SELECT region, industry, ordered_on, third_on AS due_on, 0 AS customers, -1 AS repeat_customers
  FROM turned_visits
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
lengths AS (
  SELECT DISTINCT period, date_diff('day', starts_on, ends_on) + 1 AS days
  FROM periods
  WHERE period NOT IN ('mtd', 'qtd', 'ytd')
),
spans_to_date AS (
  SELECT period, starts_on, max(ends_on) AS last_on
  FROM periods
  WHERE period IN ('mtd', 'qtd', 'ytd')
  GROUP BY period, starts_on
),
order_days AS (
  SELECT DISTINCT ordered_on
  FROM turned_visits
),
expiries AS (
  SELECT l.period, d.ordered_on, CAST(d.ordered_on + l.days * INTERVAL '1' DAY AS date) AS expires_on
  FROM order_days d
  CROSS JOIN lengths l
  UNION ALL
  SELECT s.period, d.ordered_on, CAST(s.last_on + INTERVAL '1' DAY AS date) AS expires_on
  FROM order_days d
  JOIN spans_to_date s ON d.ordered_on BETWEEN s.starts_on AND s.last_on
),
changes AS (
  SELECT
    x.period,
    m.dimension,
    m.member,
    CASE WHEN m.due_on < x.expires_on THEN m.due_on ELSE x.expires_on END AS changed_on,
    sum(m.customers) AS customers,
    sum(m.repeat_customers) AS repeat_customers
  FROM member_steps m
  JOIN expiries x ON x.ordered_on = m.ordered_on
  GROUP BY 1, 2, 3, 4
),
movements AS (
  SELECT period, dimension, member, changed_on, customers, repeat_customers
  FROM changes
  UNION ALL
  SELECT p.period, m.dimension, m.member, p.ends_on AS changed_on, 0 AS customers, 0 AS repeat_customers
  FROM (SELECT DISTINCT period, ends_on FROM periods) p
  CROSS JOIN (SELECT DISTINCT dimension, member FROM member_steps) m
),
to_date AS (
  SELECT
    period,
    dimension,
    member,
    changed_on,
    sum(sum(customers)) OVER (PARTITION BY period, dimension, member ORDER BY changed_on) AS customers,
    sum(sum(repeat_customers)) OVER (PARTITION BY period, dimension, member ORDER BY changed_on) AS repeat_customers
  FROM movements
  GROUP BY period, dimension, member, changed_on
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  t.dimension,
  t.member,
  t.customers,
  t.repeat_customers
FROM periods p
JOIN to_date t ON t.period = p.period AND t.changed_on = p.ends_on
WHERE t.customers > 0
