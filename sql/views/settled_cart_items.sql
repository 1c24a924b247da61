/*
describes: >-
  The items of settled carts with what the catalogue knows of them. A cart whose lines did not arrive has one row
  without amount and stock, so that the cart is not lost. Columns: cart_id, session_id, settles_on, abandoned, amount,
  out_of_stock (null where not known), category, brand ('(unknown)' where not known).
reads: [cart_lines, products]
views: [settled_carts]
*/
SELECT
  c.cart_id,
  c.session_id,
  c.settles_on,
  c.abandoned,
  l.amount,
  l.out_of_stock,
  coalesce(p.category, '(unknown)') AS category,
  coalesce(p.brand, '(unknown)') AS brand
FROM settled_carts c
LEFT JOIN cart_lines l ON l.cart_id = c.cart_id
LEFT JOIN products p ON p.product_id = l.product_id
