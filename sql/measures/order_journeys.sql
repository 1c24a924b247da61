/*
describes: Orders whose way is known, and the touchpoints on it.
values:
  touches: sum touch_count
  journeys: distinct order_id
*/
SELECT day, order_id, kind, channel, 1 AS touch_count
FROM order_touches
