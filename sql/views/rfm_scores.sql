/*
describes: >-
  Each customer who ordered in a window, scored from 1 to 5 by how lately, how often and for how much: a fifth of the customers each.
  Customers who are level get the score of the middle of their group, wherever it stands, so that what is equal is scored alike. Below
  five customers there are no fifths and no segment. Columns: as_of, period, comparison, customer_id, recency_days, segment (null:
  too few).
*/
SELECT
  as_of,
  period,
  comparison,
  customer_id,
  recency_days,
  CASE
    WHEN customers < 5 THEN NULL
    WHEN recency >= 4 AND value >= 8 THEN 'best'
    WHEN recency >= 3 AND value >= 6 THEN 'loyal'
    WHEN recency >= 4 THEN 'promising'
    WHEN recency >= 3 THEN 'occasional'
    WHEN value >= 6 THEN 'at_risk'
    ELSE 'dormant'
  END AS segment
FROM (
  SELECT
    as_of,
    period,
    comparison,
    customer_id,
    recency_days,
    customers,
    1 + floor(CAST(5 * (2 * staler + as_late) AS double) / NULLIF(2 * customers, 0)) AS recency,
    2 + floor(CAST(5 * (2 * rarer + as_often) AS double) / NULLIF(2 * customers, 0))
      + floor(CAST(5 * (2 * smaller + as_large) AS double) / NULLIF(2 * customers, 0)) AS value
  FROM (
    SELECT
      as_of,
      period,
      comparison,
      customer_id,
      recency_days,
      count(*) OVER (PARTITION BY as_of, period, comparison) AS customers,
      rank() OVER (PARTITION BY as_of, period, comparison ORDER BY recency_days DESC) - 1 AS staler,
      count(*) OVER (PARTITION BY as_of, period, comparison, recency_days) AS as_late,
      rank() OVER (PARTITION BY as_of, period, comparison ORDER BY orders) - 1 AS rarer,
      count(*) OVER (PARTITION BY as_of, period, comparison, orders) AS as_often,
      rank() OVER (PARTITION BY as_of, period, comparison ORDER BY amount) - 1 AS smaller,
      count(*) OVER (PARTITION BY as_of, period, comparison, amount) AS as_large
    FROM (
      SELECT
        p.as_of,
        p.period,
        p.comparison,
        b.customer_id,
        date_diff('day', max(CASE WHEN b.orders > 0 THEN b.day END), p.ends_on) AS recency_days,
        sum(b.orders) AS orders,
        coalesce(sum(b.amount), 0) AS amount
      FROM periods p
      JOIN (
        SELECT
          d.ordered_on AS day,
          d.customer_id,
          count(DISTINCT CASE WHEN d.kind = 'order' THEN d.order_id END) AS orders,
          sum(l.net_amount) AS amount
        FROM sales_documents d
        LEFT JOIN order_lines l ON l.order_id = d.order_id
        WHERE d.customer_id IS NOT NULL
        GROUP BY d.ordered_on, d.customer_id
      ) b ON b.day BETWEEN p.starts_on AND p.ends_on
      GROUP BY p.as_of, p.period, p.comparison, p.ends_on, b.customer_id
      HAVING sum(b.orders) > 0
    ) bought
  ) ranked
) scored
