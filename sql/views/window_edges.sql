/*
describes: >-
  Each window of periods as two days: the day it ends and the day before it starts. What adds up
  from day to day has, in a window, its total up to the one day less its total up to the other: two rows looked up
  instead of every day of the window, which is what makes a year's back-fill cheap. Columns: as_of, period,
  comparison, edge_on, opening (false on the last day, true on the day before the first).
reads: []
*/
SELECT as_of, period, comparison, ends_on AS edge_on, false AS opening
FROM periods
UNION ALL
SELECT as_of, period, comparison, CAST(starts_on - INTERVAL '1' DAY AS date) AS edge_on, true AS opening
FROM periods
