/*
describes: >-
  What is spent to win customers: the media cost that the ad platforms report, and the other cost of marketing and sales.
  marketing_costs never repeats ad_spend, so nothing counts twice. The kind of media cost is 'marketing'. Columns: day,
  kind (marketing, sales), channel, amount (null without a rate).
*/
SELECT spent_on AS day, 'marketing' AS kind, channel, cost AS amount
FROM ad_spend
UNION ALL
SELECT cost_on AS day, kind, channel, amount
FROM marketing_costs
