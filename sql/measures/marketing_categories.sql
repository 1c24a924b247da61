/*
describes: >-
  What marketing spends on content and on analytics: postings of the categories `content` and `analytics`. A posting without a category
  may be anything, so that whoever gives none has no figure.
values:
  content_cost: sum known content_amount
  analytics_cost: sum known analytics_amount
*/
SELECT
  cost_on AS day,
  CASE WHEN lower(category) = 'content' THEN amount WHEN category IS NOT NULL THEN 0 END AS content_amount,
  CASE WHEN lower(category) = 'analytics' THEN amount WHEN category IS NOT NULL THEN 0 END AS analytics_amount
FROM marketing_costs
WHERE kind = 'marketing'
