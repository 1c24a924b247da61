/*
names: { en: Lake and net revenue agree, fr: Lac et chiffre d’affaires net concordent }
describes: >-
  Net revenue recorded for each of the last days, against the lines of the lake, added up here in another way than the
  KPI does. A day that was changed since it was recorded is left out: it is told by the next measurement.
means: { en: revenue differs from the sum of its documents, fr: le chiffre d’affaires diffère de la somme de ses documents }
severity: warning
message: "Net revenue of {recorded_on} is recorded as {amount}; the lines in the lake make {in_lake}."
hint: "Run {recorded_on} again to record it anew. If the two still differ, the KPI's SQL and this check do not agree on what counts."
about: order_lines
compares_kpi: net_revenue
reads: { orders: { history: 8 }, order_lines: { history: 8 }, exchange_rates: { history: 20 } }
*/
WITH lines AS (
  SELECT l.order_id, l.ordered_on, l.currency, l.net_amount, substr(l._run, 12) AS changed_at
  FROM order_lines AS l
  WHERE EXISTS (SELECT 1 FROM orders AS o WHERE o.order_id = l.order_id AND o.status <> 'cancelled')
),
rates AS (
  SELECT d.currency, d.ordered_on, max_by(x.rate, x.rated_on) AS rate
  FROM (SELECT DISTINCT currency, ordered_on FROM lines) AS d
  JOIN exchange_rates AS x
    ON x.currency = d.currency AND x.rated_on BETWEEN d.ordered_on - INTERVAL '7' DAY AND d.ordered_on
  GROUP BY d.currency, d.ordered_on
),
days AS (
  SELECT
    l.ordered_on,
    sum(CASE
      WHEN l.currency = r.currency THEN l.net_amount
      ELSE CAST(CAST(l.net_amount AS decimal(24, 4)) * x.rate AS decimal(18, 4))
    END) AS in_lake,
    max(l.changed_at) AS changed_at
  FROM lines AS l
  CROSS JOIN run AS r
  LEFT JOIN rates AS x ON x.currency = l.currency AND x.ordered_on = l.ordered_on
  GROUP BY l.ordered_on
),
document_changes AS (
  SELECT ordered_on, max(substr(_run, 12)) AS changed_at FROM orders GROUP BY ordered_on
)
SELECT r.as_of AS recorded_on, r.amount, d.in_lake
FROM recorded AS r
LEFT JOIN days AS d ON d.ordered_on = r.as_of
LEFT JOIN document_changes AS o ON o.ordered_on = r.as_of
WHERE
  r.amount IS DISTINCT FROM d.in_lake
  AND (d.changed_at IS NULL OR d.changed_at <= r.started_at)
  AND (o.changed_at IS NULL OR o.changed_at <= r.started_at)
  AND NOT EXISTS (
    SELECT 1
    FROM batches AS b
    WHERE
      (b.table_name IN ('orders', 'order_lines') AND r.as_of BETWEEN b.first_date AND b.last_date)
      OR (b.table_name = 'exchange_rates' AND r.as_of BETWEEN b.first_date AND b.last_date + INTERVAL '7' DAY)
  )
