/*
describes: >-
  The day each customer's life begins: the account's opening, or the first order where that is not known or came
  before it. Columns: customer_id, started_on.
reads: [customers]
views: [first_orders]
*/
SELECT
  f.customer_id,
  CASE WHEN c.account_opened_on < f.first_ordered_on THEN c.account_opened_on ELSE f.first_ordered_on END AS started_on
FROM first_orders f
LEFT JOIN customers c ON c.customer_id = f.customer_id
