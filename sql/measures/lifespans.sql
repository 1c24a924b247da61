/*
describes: >-
  How the lives of all who ever ordered grow: a life runs from the opening of the account (from the first order where that
  is not known, or later) to the latest order. Each order adds the days since the one before.
reads:
  orders: { history: all }
values:
  customers_ever: level customers
  lifespan_days: level days
*/
WITH visits AS (
  SELECT
    d.customer_id,
    d.ordered_on,
    lag(d.ordered_on) OVER (PARTITION BY d.customer_id ORDER BY d.ordered_on) AS previous_on,
    CASE WHEN c.account_opened_on < d.ordered_on THEN c.account_opened_on ELSE d.ordered_on END AS started_on
  FROM sales_documents d
  LEFT JOIN customers c ON c.customer_id = d.customer_id
  WHERE d.kind = 'order' AND d.customer_id IS NOT NULL
)
SELECT
  ordered_on AS day,
  customer_id,
  CASE WHEN previous_on IS NULL THEN 1 ELSE 0 END AS customers,
  date_diff('day', coalesce(previous_on, started_on), ordered_on) AS days
FROM visits
