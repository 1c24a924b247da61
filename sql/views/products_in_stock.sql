/*
describes: >-
  Articles that can be sold, with the units that the newest count of each warehouse has of them, of the windows' days. Columns: product_id,
  name, category, brand, available.
reads:
  stock_levels: { optional: true }
*/
-- max_by, and no row_number: with a row_number here DuckDB's optimizer (TopNWindowElimination) breaks off on lost_sales.
SELECT p.product_id, p.name, p.category, p.brand, s.available
FROM products p
JOIN (
  SELECT product_id, sum(available_quantity) AS available
  FROM (
    SELECT product_id, max_by(available_quantity, stock_on) AS available_quantity
    FROM stock_levels
    GROUP BY product_id, warehouse_id
  ) newest
  GROUP BY product_id
  HAVING sum(available_quantity) > 0
) s ON s.product_id = p.product_id
WHERE coalesce(p.active, true)
