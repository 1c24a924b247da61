/*
describes: >-
  What is spent to win customers: the media cost that the ad platforms report, and the other cost of marketing and sales.
  marketing_costs never repeats ad_spend, so nothing counts twice. The kind of media cost is 'marketing'. Columns: day,
  kind (marketing, sales), channel, campaign (its name, or its id), amount (null without a rate).
*/
SELECT spent_on AS day, 'marketing' AS kind, channel, coalesce(campaign_name, campaign_id) AS campaign, cost AS amount
FROM ad_spend
UNION ALL
SELECT cost_on AS day, kind, channel, campaign_id AS campaign, amount
FROM marketing_costs
