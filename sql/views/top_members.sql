/*
describes: >-
  The 50 products that sold most and the 50 customers that bought most over the year up to each as-of date. They are the
  same in every window and comparison of that date, so that one whose sales collapse stays in sight. Columns: as_of,
  dimension ('product', 'customer'), member.
reads: []
views: [top_candidate_windows]
*/
SELECT as_of, dimension, member
FROM (
  SELECT
    as_of,
    dimension,
    member,
    row_number() OVER (PARTITION BY as_of, dimension ORDER BY net_amount DESC, member) AS place
  FROM top_candidate_windows
) ranked
WHERE place <= 50
