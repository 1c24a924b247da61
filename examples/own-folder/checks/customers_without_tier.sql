/*
names: { en: Customers without a tier, fr: Clients sans niveau }
means: { en: some customers have no tier, fr: des clients sont sans niveau }
describes: Customers who ordered lately and have no tier. Their figures stand under (unknown).
severity: warning
message: "{customers customer} who ordered in the last week without a tier"
hint: Sales gives each customer a tier in the ERP; the next export brings it.
about: customers
reads: { orders: { history: 7 }, customers: }
*/
SELECT count(DISTINCT c.customer_id) AS customers, min(c.customer_id) AS sample
FROM orders o
JOIN customers c ON c.customer_id = o.customer_id
WHERE c.tier IS NULL
HAVING count(DISTINCT c.customer_id) > 0
