/*
describes: >-
  What carts that held something came to, each on the day on which its 24 hours end, with what the items are worth. The likely reason of an
  abandoned one is the first that applies: an item was out of stock; the visitor compared prices; other. Columns: cart_id,
  settles_on, abandoned, amount (null where no line arrived, or no rate is known), reason (stock_out, price_comparison, other).
*/
SELECT
  c.cart_id,
  c.settles_on,
  c.abandoned,
  sum(l.amount) AS amount,
  CASE WHEN bool_or(l.out_of_stock) THEN 'stock_out' WHEN s.session_id IS NULL THEN 'other' ELSE 'price_comparison' END AS reason
FROM settled_carts c
LEFT JOIN cart_lines l ON l.cart_id = c.cart_id
LEFT JOIN comparing_sessions s ON s.session_id = c.session_id
GROUP BY c.cart_id, c.settles_on, c.abandoned, s.session_id
