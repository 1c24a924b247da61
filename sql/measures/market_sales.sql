/*
describes: What was sold in the parts of the market whose size is known.
values:
  market_revenue: sum known net_amount
*/
SELECT s.day, s.region, s.segment, s.net_amount
FROM (
  SELECT v.day, c.region, c.segment, sum(v.net_amount) AS net_amount
  FROM sales v
  LEFT JOIN customers c ON c.customer_id = v.customer_id
  GROUP BY v.day, c.region, c.segment
) s
JOIN market_sizes m
  ON s.day BETWEEN m.starts_on AND m.ends_on
    AND (m.region IS NULL OR m.region = s.region)
    AND (m.segment IS NULL OR m.segment = s.segment)
