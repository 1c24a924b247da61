/*
describes: >-
  What signed-in customers did with articles on a day: viewed one; compared it, which is to view it in a session that compared in its
  category; abandoned it in a cart, on the day on which the cart was left. Views count of sessions that agreed to be targeted, carts
  unless their session refused. `bought`: the customer has ordered the article since. Columns: day, customer_id, product_id, category, viewed,
  compared, abandoned, bought.
reads:
  page_views: { history: 31 }
  sessions: { history: 32 }
  carts: { history: 31 }
  cart_lines: { history: 31 }
  orders: { history: 31 }
  order_lines: { history: 31 }
*/
SELECT
  d.day,
  d.customer_id,
  d.product_id,
  p.category,
  d.viewed,
  d.viewed AND coalesce(c.compared, false) AS compared,
  NOT d.viewed AS abandoned,
  coalesce(b.bought_on >= d.day, false) AS bought
FROM (
  SELECT v.viewed_on AS day, s.customer_id, v.product_id, v.session_id, true AS viewed
  FROM page_views v
  JOIN sessions s ON s.session_id = v.session_id
  WHERE v.kind = 'product' AND s.consented
  UNION ALL
  SELECT CAST(k.settles_on - INTERVAL '1' DAY AS date) AS day, k.customer_id, l.product_id, k.session_id, false AS viewed
  FROM settled_carts o
  JOIN carts k ON k.cart_id = o.cart_id
  JOIN cart_lines l ON l.cart_id = o.cart_id
  LEFT JOIN (SELECT DISTINCT session_id FROM sessions WHERE NOT consented) r ON r.session_id = k.session_id
  WHERE o.abandoned AND r.session_id IS NULL
) d
LEFT JOIN products p ON p.product_id = d.product_id
LEFT JOIN category_views c ON c.session_id = d.session_id AND coalesce(c.category, '') = coalesce(p.category, '')
LEFT JOIN (
  SELECT customer_id, product_id, max(day) AS bought_on
  FROM sales
  WHERE net_amount > 0
  GROUP BY customer_id, product_id
) b ON b.customer_id = d.customer_id AND b.product_id = d.product_id
WHERE d.customer_id IS NOT NULL AND d.product_id IS NOT NULL
