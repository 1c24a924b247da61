/*
describes: >-
  Where each customer stands: the last order of a year, and how far behind the objective that runs. Of several objectives that one counts
  which began last; what is due of it by the day is spread over its days of trade, as in objective_days. Columns: as_of, customer_id,
  last_order_on (null: none in a year), objective_gap (what is due less what was bought since it began; negative: ahead; null without an
  objective, or where an amount is not known).
reads:
  orders: { history: 366 }
  order_lines: { history: 366 }
  customers: { optional: true }
  customer_objectives: { optional: true }
*/
SELECT
  c.as_of,
  c.customer_id,
  max(CASE WHEN d.kind = 'order' THEN d.ordered_on END) AS last_order_on,
  CASE
    WHEN count_if(d.ordered_on >= c.starts_on AND l.order_id IS NOT NULL AND l.net_amount IS NULL) = 0
      THEN max(c.due) - coalesce(sum(CASE WHEN d.ordered_on >= c.starts_on THEN l.net_amount END), 0)
  END AS objective_gap
FROM (
  SELECT w.as_of, k.customer_id, o.starts_on, o.due
  FROM customers k
  CROSS JOIN (SELECT DISTINCT as_of FROM periods) w
  LEFT JOIN (
    SELECT
      as_of,
      customer_id,
      starts_on,
      CASE
        WHEN days = 0 THEN target_amount
        ELSE CAST(CAST(target_amount * days_due AS double) / NULLIF(days, 0) AS decimal(18,4))
      END AS due,
      row_number() OVER (PARTITION BY as_of, customer_id ORDER BY starts_on DESC) AS place
    FROM (
      SELECT
        p.as_of,
        t.customer_id,
        t.starts_on,
        t.target_amount,
        count_if(c.trades = 1) AS days,
        count_if(c.trades = 1 AND c.day <= p.as_of) AS days_due
      FROM customer_objectives t
      JOIN (SELECT DISTINCT as_of FROM periods) p
        ON p.as_of BETWEEN t.starts_on AND t.ends_on AND date_diff('day', t.starts_on, p.as_of) <= 366
      JOIN calendar_days c ON c.day BETWEEN t.starts_on AND t.ends_on
      GROUP BY p.as_of, t.customer_id, t.starts_on, t.target_amount
    ) running
  ) o ON o.customer_id = k.customer_id AND o.as_of = w.as_of AND o.place = 1
) c
LEFT JOIN sales_documents d ON d.customer_id = c.customer_id AND d.ordered_on <= c.as_of
LEFT JOIN order_lines l ON l.order_id = d.order_id
GROUP BY c.as_of, c.customer_id, c.starts_on
