/*
describes: >-
  How many customers ordered for the first time ever, by day and by what is known of them today. Columns:
  first_ordered_on, region, industry, acquisition_channel ('(unknown)' where not known), new_customers.
reads: [customers]
views: [first_orders]
*/
SELECT
  f.first_ordered_on,
  coalesce(c.region, '(unknown)') AS region,
  coalesce(c.industry, '(unknown)') AS industry,
  coalesce(c.acquisition_channel, '(unknown)') AS acquisition_channel,
  count(*) AS new_customers
FROM first_orders f
LEFT JOIN customers c ON c.customer_id = f.customer_id
GROUP BY 1, 2, 3, 4
