/*
describes: >-
  The longest current window of each as-of date, by which products and customers are ranked (the year up to it). Columns:
  those of periods.
reads: []
*/
SELECT
  as_of,
  'year' AS period,
  'current' AS comparison,
  min(starts_on) AS starts_on,
  as_of AS ends_on
FROM periods
WHERE comparison = 'current'
GROUP BY as_of
