/*
describes: >-
  Sessions of abandoned carts in which the visitor compared prices: saw three or more products of one category, or one
  product three times. Views precede the day on which the cart settles: a day's 24 hours, a session over midnight, a
  clock change. Columns: session_id.
reads:
  page_views: { history: 3 }
*/
SELECT DISTINCT session_id
FROM (
  SELECT v.session_id, p.category, count(*) AS times
  FROM page_views v
  LEFT JOIN products p ON p.product_id = v.product_id
  WHERE v.kind = 'product'
    AND v.product_id IS NOT NULL
    AND v.session_id IN (SELECT session_id FROM settled_carts WHERE abandoned AND session_id IS NOT NULL)
  GROUP BY v.session_id, v.product_id, p.category
) viewed
GROUP BY session_id, category
HAVING max(times) >= 3 OR (category IS NOT NULL AND count(*) >= 3)
