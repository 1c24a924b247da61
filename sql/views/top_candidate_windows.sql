/*
describes: >-
  Net revenue of each of the top_years, by product and by customer, for at least all that are among the 50 largest.
  Columns: as_of, period, comparison, dimension ('product', 'customer'), member, amounts (how many
  known amounts), net_amount.
reads: []
views: [revenue_moves, top_years]
days: { over: top_years, counts: [amounts, net_amount] }
*/
-- To rank every member for every day of a back-fill would be the whole cost of it. So members that cannot be among the
-- 50 are left out first, by bounds made from whole months: years that start and end in the same two months share them.
-- A movement is in a year exactly when its day is.
WITH member_moves AS (
  SELECT
    CASE WHEN product_id IS NOT NULL THEN 'product' ELSE 'customer' END AS dimension,
    coalesce(product_id, customer_id) AS member,
    moved_on,
    amounts,
    net_amount
  FROM revenue_moves
  WHERE channel IS NULL
),
month_pairs AS (
  SELECT DISTINCT
    CAST(date_trunc('month', starts_on) AS date) AS first_month,
    CAST(date_trunc('month', as_of) AS date) AS last_month
  FROM top_years
),
member_months AS (
  SELECT
    dimension,
    member,
    CAST(date_trunc('month', moved_on) AS date) AS month_on,
    sum(CASE WHEN net_amount > 0 THEN net_amount ELSE 0 END) AS gained,
    sum(CASE WHEN net_amount < 0 THEN net_amount ELSE 0 END) AS lost
  FROM member_moves
  GROUP BY 1, 2, 3
),
bounds AS (
  SELECT
    p.first_month,
    p.last_month,
    m.dimension,
    m.member,
    sum(m.lost + CASE WHEN m.month_on > p.first_month AND m.month_on < p.last_month THEN m.gained ELSE 0 END) AS least,
    sum(m.gained + CASE WHEN m.month_on > p.first_month AND m.month_on < p.last_month THEN m.lost ELSE 0 END) AS most
  FROM month_pairs p
  JOIN member_months m ON m.month_on BETWEEN p.first_month AND p.last_month
  GROUP BY p.first_month, p.last_month, m.dimension, m.member
),
places AS (
  SELECT
    first_month,
    last_month,
    dimension,
    member,
    most,
    least,
    row_number() OVER (PARTITION BY first_month, last_month, dimension ORDER BY least DESC, member) AS place
  FROM bounds
),
measured_places AS (
  SELECT
    dimension,
    member,
    most,
    max(CASE WHEN place = 50 THEN least END) OVER (PARTITION BY first_month, last_month, dimension) AS fiftieth
  FROM places
),
candidates AS (
  SELECT DISTINCT dimension, member
  FROM measured_places
  WHERE fiftieth IS NULL OR most >= fiftieth
)
SELECT m.moved_on AS day, m.dimension, m.member, m.amounts, m.net_amount
FROM member_moves m
JOIN candidates c ON c.dimension = m.dimension AND c.member = m.member
