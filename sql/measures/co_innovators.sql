/*
describes: Customers on the days on which they took part in co-innovation, having ordered in the 365 days up to that day.
reads:
  orders: { history: 365 }
values:
  co_innovating_customers: distinct customer_id
*/
SELECT DISTINCT p.participated_on AS day, p.customer_id
FROM innovation_participations p
JOIN sales_documents o
  ON o.customer_id = p.customer_id
    AND o.kind = 'order'
    AND o.ordered_on <= p.participated_on
    AND o.ordered_on > p.participated_on - INTERVAL '365' DAY
