/*
describes: >-
  Sessions of abandoned carts in which the visitor compared prices. Views precede the day on which the cart settles: a day's 24 hours, a
  session over midnight, a clock change. Columns: session_id.
reads:
  page_views: { history: 3 }
*/
SELECT DISTINCT session_id
FROM category_views
WHERE compared AND session_id IN (SELECT session_id FROM settled_carts WHERE abandoned AND session_id IS NOT NULL)
