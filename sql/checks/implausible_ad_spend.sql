/*
names: { en: Implausible ad spend, fr: Dépenses publicitaires invraisemblables }
describes: >-
  Campaign days with a cost or a count below zero, or more clicks than impressions: columns taken for one another, or a
  cost in micros.
means: { en: some ad figures cannot be right, fr: des chiffres publicitaires sont invraisemblables }
severity: warning
message: "ad_spend has {row_count row} with a negative number, or with more clicks than impressions."
hint: "Look whether the columns of the feed are mapped to the right fields; platforms that report micros need times: 0.000001."
about: ad_spend
reads: { ad_spend: { history: 28 } }
*/
SELECT count(*) AS row_count, min(campaign_id) AS sample_first, max(campaign_id) AS sample_last
FROM ad_spend
WHERE cost < 0 OR clicks < 0 OR impressions < 0 OR conversions < 0 OR clicks > impressions
HAVING count(*) > 0
