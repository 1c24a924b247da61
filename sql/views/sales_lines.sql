/*
describes: >-
  Lines of the documents that count, orders and returns, each with its document. A line whose document has not arrived
  is left out: nobody can tell whether it was cancelled, and the check of referential gaps reports it. Columns: those
  of sales_documents, product_id (null for a fee), quantity and net_amount (negative on returns).
reads: [order_lines]
views: [sales_documents]
*/
SELECT
  d.order_id,
  d.kind,
  d.ordered_on,
  d.customer_id,
  d.channel,
  d.region,
  d.industry,
  d.booking,
  l.product_id,
  l.quantity,
  l.net_amount
FROM order_lines l
JOIN sales_documents d ON d.order_id = l.order_id
