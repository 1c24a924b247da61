/*
describes: >-
  Carts that held something, each on the day on which the 24 hours after its last change end. Abandoned: not ordered by
  then. An order exactly at the end of the 24 hours saves the cart; a later one does not, so that a day's verdict never
  changes. Columns: cart_id, session_id, settles_on, device, channel, region, abandoned.
*/
SELECT
  cart_id,
  session_id,
  settles_on,
  device,
  channel,
  region,
  ordered_at IS NULL OR ordered_at > settles_at AS abandoned
FROM carts
WHERE item_count >= 1
