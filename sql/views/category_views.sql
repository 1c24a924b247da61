/*
describes: >-
  What a session looked at, by category of product: whether it compared in it, which is to see three products of one category, or one
  product and return to it twice. Products of an unknown category are compared with none. A session that saw pages and no product has
  one row, of no category. Columns: session_id, first_on (the session's first day), category, compared.
*/
SELECT session_id, first_on, category, compared
FROM (
  SELECT
    session_id,
    min(min(first_on)) OVER (PARTITION BY session_id) AS first_on,
    category,
    max(times) >= 3 OR (category IS NOT NULL AND count(*) >= 3) AS compared,
    sum(times) AS products_seen,
    sum(sum(times)) OVER (PARTITION BY session_id) AS all_products_seen
  FROM (
    SELECT v.session_id, p.category, min(v.viewed_on) AS first_on, count(v.product_id) AS times
    FROM (SELECT session_id, viewed_on, CASE WHEN kind = 'product' THEN product_id END AS product_id FROM page_views) v
    LEFT JOIN products p ON p.product_id = v.product_id
    GROUP BY v.session_id, v.product_id, p.category
  ) viewed
  GROUP BY session_id, category
) seen
WHERE products_seen > 0 OR all_products_seen = 0
