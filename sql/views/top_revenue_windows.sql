/*
describes: >-
  Net revenue of each window by product and by customer, for the 50 products and the 50 customers that sold or bought
  most over the longest current window of the as-of date (the year up to it). They are the same in every window and
  comparison of that date, so that one whose sales collapse stays in sight. Columns: as_of, period, comparison,
  dimension ('product', 'customer'), member, amounts (how many known amounts), net_amount.
reads: []
views: [revenue_moves, window_edges]
*/
WITH member_days AS (
  SELECT
    CASE WHEN product_id IS NOT NULL THEN 'product' ELSE 'customer' END AS dimension,
    coalesce(product_id, customer_id) AS member,
    moved_on,
    amounts,
    net_amount
  FROM revenue_moves
  WHERE channel IS NULL
),
years AS (
  SELECT as_of, min(starts_on) AS starts_on
  FROM periods
  WHERE comparison = 'current'
  GROUP BY as_of
),
-- To rank every member for every day of a back-fill would be the whole cost of it. So members that cannot be among the
-- 50 are left out first, by bounds made from whole months: years that start and end in the same two months share them.
-- A movement is in a year exactly when its edge is.
month_pairs AS (
  SELECT DISTINCT
    CAST(date_trunc('month', starts_on) AS date) AS first_month,
    CAST(date_trunc('month', as_of) AS date) AS last_month
  FROM years
),
member_months AS (
  SELECT
    dimension,
    member,
    CAST(date_trunc('month', moved_on) AS date) AS month_on,
    sum(CASE WHEN net_amount > 0 THEN net_amount ELSE 0 END) AS gained,
    sum(CASE WHEN net_amount < 0 THEN net_amount ELSE 0 END) AS lost
  FROM member_days
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
candidates AS (
  SELECT p.first_month, p.last_month, p.dimension, p.member
  FROM places p
  LEFT JOIN places fiftieth
    ON fiftieth.first_month = p.first_month
    AND fiftieth.last_month = p.last_month
    AND fiftieth.dimension = p.dimension
    AND fiftieth.place = 50
  WHERE fiftieth.least IS NULL OR p.most >= fiftieth.least
),
candidate_members AS (
  SELECT DISTINCT dimension, member
  FROM candidates
),
-- Ranked by running totals at the two edges of each year only; the other windows are looked up for the 50.
year_edges AS (
  SELECT as_of AS edge_on
  FROM years
  UNION
  SELECT CAST(starts_on - INTERVAL '1' DAY AS date) AS edge_on
  FROM years
),
candidate_movements AS (
  SELECT d.dimension, d.member, d.moved_on, d.amounts, d.net_amount
  FROM member_days d
  JOIN candidate_members c ON c.dimension = d.dimension AND c.member = d.member
),
year_movements AS (
  SELECT dimension, member, moved_on, amounts, net_amount
  FROM candidate_movements
  WHERE moved_on >= (SELECT min(edge_on) FROM year_edges)
  UNION ALL
  SELECT c.dimension, c.member, e.edge_on AS moved_on, 0 AS amounts, 0 AS net_amount
  FROM candidate_members c
  CROSS JOIN year_edges e
),
year_to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(amounts)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS amounts,
    sum(sum(net_amount)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS net_amount
  FROM year_movements
  GROUP BY dimension, member, moved_on
),
ranked AS (
  SELECT
    y.as_of,
    c.dimension,
    c.member,
    row_number() OVER (
      PARTITION BY y.as_of, c.dimension
      ORDER BY at_end.net_amount - at_start.net_amount DESC, c.member
    ) AS place
  FROM years y
  JOIN candidates c
    ON c.first_month = CAST(date_trunc('month', y.starts_on) AS date)
    AND c.last_month = CAST(date_trunc('month', y.as_of) AS date)
  JOIN year_to_date at_end
    ON at_end.dimension = c.dimension AND at_end.member = c.member AND at_end.moved_on = y.as_of
  JOIN year_to_date at_start
    ON at_start.dimension = c.dimension
    AND at_start.member = c.member
    AND at_start.moved_on = CAST(y.starts_on - INTERVAL '1' DAY AS date)
  WHERE at_end.amounts > at_start.amounts
),
top_members AS (
  SELECT as_of, dimension, member
  FROM ranked
  WHERE place <= 50
),
ever_top AS (
  SELECT DISTINCT dimension, member
  FROM top_members
),
movements AS (
  SELECT d.dimension, d.member, d.moved_on, d.amounts, d.net_amount
  FROM candidate_movements d
  JOIN ever_top m ON m.dimension = d.dimension AND m.member = d.member
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS amounts, 0 AS net_amount
  FROM ever_top m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(amounts)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS amounts,
    sum(sum(net_amount)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS net_amount
  FROM movements
  GROUP BY dimension, member, moved_on
)
SELECT
  e.as_of,
  e.period,
  e.comparison,
  t.dimension,
  t.member,
  sum(CASE WHEN e.opening THEN -t.amounts ELSE t.amounts END) AS amounts,
  sum(CASE WHEN e.opening THEN -t.net_amount ELSE t.net_amount END) AS net_amount
FROM window_edges e
JOIN top_members r ON r.as_of = e.as_of
JOIN to_date t ON t.dimension = r.dimension AND t.member = r.member AND t.moved_on = e.edge_on
GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
HAVING sum(CASE WHEN e.opening THEN -t.amounts ELSE t.amounts END) > 0
