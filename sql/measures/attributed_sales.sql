/*
describes: >-
  Orders that a marketing channel last touched in the 90 days before, with what they brought. An order without a known channel belongs to
  none.
values:
  attributed_revenue: sum known net_amount
  attributed_margin: sum known margin_amount
*/
SELECT t.day, t.channel, l.net_amount, l.margin_amount
FROM order_touches t
JOIN order_lines l ON l.order_id = t.order_id
WHERE t.place = 1 AND t.channel IS NOT NULL
