/*
names: { en: Returns with positive amounts, fr: Retours au montant positif }
describes: >-
  Returns whose lines add up to more than zero. Returns carry negative lines; a source that writes them without a sign
  makes revenue too high by twice their amount.
means: { en: some returns count as sales, fr: des retours sont comptés comme des ventes }
severity: warning
message: "Lately {row_count return} came with lines that add up to more than zero ({amount} altogether)."
hint: "Turn the sign in the mapping of the feed (times: \"-1\" on quantity and net_amount of returns)."
about: order_lines
reads: { orders: { history: 28 }, order_lines: { history: 28 } }
*/
SELECT
  count(*) AS row_count,
  sum(d.amount) AS amount,
  min(d.order_id) AS sample_first,
  max(d.order_id) AS sample_last
FROM (
  SELECT o.order_id, sum(l.net_amount) AS amount
  FROM orders AS o
  JOIN order_lines AS l ON l.order_id = o.order_id
  WHERE o.kind = 'return' AND o.status <> 'cancelled'
  GROUP BY o.order_id
  HAVING sum(l.net_amount) > 0
) AS d
HAVING count(*) > 0
