/*
describes: >-
  Each customer who ordered in a window, scored from 1 to 5 by how lately, how often and for how much: a fifth of the customers each.
  Customers who are level get the score of the middle of their group, wherever it stands, so that what is equal is scored alike. Below
  five customers there are no fifths and no segment. Columns: as_of, period, comparison, customer_id, recency_days, segment (null:
  too few).
*/
SELECT
  p.as_of,
  p.period,
  p.comparison,
  s.customer_id,
  s.recency_days,
  CASE
    WHEN s.customers < 5 THEN NULL
    WHEN s.recency >= 4 AND s.value >= 8 THEN 'best'
    WHEN s.recency >= 3 AND s.value >= 6 THEN 'loyal'
    WHEN s.recency >= 4 THEN 'promising'
    WHEN s.recency >= 3 THEN 'occasional'
    WHEN s.value >= 6 THEN 'at_risk'
    ELSE 'dormant'
  END AS segment
FROM (
  SELECT
    starts_on,
    ends_on,
    customer_id,
    recency_days,
    customers,
    1 + floor(CAST(5 * later AS double) / NULLIF(2 * customers, 0)) AS recency,
    2 + floor(CAST(5 * oftener AS double) / NULLIF(2 * customers, 0))
      + floor(CAST(5 * larger AS double) / NULLIF(2 * customers, 0)) AS value
  FROM (
    -- Twice how many a customer is before, and once how many are level with it: rank() - 1 are before, count(*) are before or level.
    SELECT
      starts_on,
      ends_on,
      customer_id,
      recency_days,
      count(*) OVER (PARTITION BY starts_on, ends_on) AS customers,
      rank() OVER (PARTITION BY starts_on, ends_on ORDER BY recency_days DESC) - 1
        + count(*) OVER (PARTITION BY starts_on, ends_on ORDER BY recency_days DESC) AS later,
      rank() OVER (PARTITION BY starts_on, ends_on ORDER BY orders) - 1
        + count(*) OVER (PARTITION BY starts_on, ends_on ORDER BY orders) AS oftener,
      rank() OVER (PARTITION BY starts_on, ends_on ORDER BY amount) - 1
        + count(*) OVER (PARTITION BY starts_on, ends_on ORDER BY amount) AS larger
    FROM (
      -- A window is what was bought so far at its end, less what was bought by the day before it: two rows of a customer instead of all.
      SELECT
        e.starts_on,
        e.ends_on,
        b.customer_id,
        date_diff('day', max(CASE WHEN e.edge = 'end' THEN b.ordered_last_on END), e.ends_on) AS recency_days,
        sum(CASE WHEN e.edge = 'end' THEN b.orders ELSE -b.orders END) AS orders,
        sum(CASE WHEN e.edge = 'end' THEN b.amount ELSE -b.amount END) AS amount
      FROM (
        SELECT DISTINCT
          w.starts_on,
          w.ends_on,
          k.edge,
          CASE WHEN k.edge = 'end' THEN w.ends_on ELSE CAST(w.starts_on - INTERVAL '1' DAY AS date) END AS edge_on
        FROM periods w
        CROSS JOIN (VALUES ('start'), ('end')) AS k (edge)
      ) e
      JOIN (
        SELECT
          customer_id,
          day,
          lead(day, 1, DATE '9999-12-31') OVER (PARTITION BY customer_id ORDER BY day) AS next_on,
          max(CASE WHEN orders > 0 THEN day END) OVER (PARTITION BY customer_id ORDER BY day) AS ordered_last_on,
          sum(orders) OVER (PARTITION BY customer_id ORDER BY day) AS orders,
          sum(amount) OVER (PARTITION BY customer_id ORDER BY day) AS amount
        FROM (
          SELECT
            d.ordered_on AS day,
            d.customer_id,
            sum(CASE WHEN d.kind = 'order' THEN 1 ELSE 0 END) AS orders,
            coalesce(sum(l.amount), 0) AS amount
          FROM sales_documents d
          LEFT JOIN (SELECT order_id, sum(net_amount) AS amount FROM order_lines GROUP BY order_id) l ON l.order_id = d.order_id
          WHERE d.customer_id IS NOT NULL
          GROUP BY d.ordered_on, d.customer_id
        ) days
      ) b ON b.day <= e.edge_on AND b.next_on > e.edge_on
      GROUP BY e.starts_on, e.ends_on, b.customer_id
      HAVING sum(CASE WHEN e.edge = 'end' THEN b.orders ELSE -b.orders END) > 0
    ) bought
  ) ranked
) s
JOIN periods p ON p.starts_on = s.starts_on AND p.ends_on = s.ends_on
