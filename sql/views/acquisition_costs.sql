/*
describes: >-
  What is spent to win customers, by day, kind of cost and channel: the media cost that the ad platforms report, and
  the other cost of marketing and sales. marketing_costs never repeats ad_spend, so nothing counts twice. The kind of
  media cost is 'marketing'. Columns: spent_on, kind (marketing, sales), channel (null where unknown), amount.
reads: [ad_spend, marketing_costs]
*/
SELECT
  spent_on,
  'marketing' AS kind,
  channel,
  sum(cost) AS amount
FROM ad_spend
GROUP BY spent_on, channel
UNION ALL
SELECT
  cost_on AS spent_on,
  kind,
  channel,
  sum(amount) AS amount
FROM marketing_costs
GROUP BY cost_on, kind, channel
