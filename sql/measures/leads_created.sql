/*
describes: Leads that stand, on the day of their creation. A deleted lead, and one merged into another, count nowhere.
values:
  new_leads: sum leads
*/
SELECT created_on AS day, channel, campaign, industry, 1 AS leads
FROM leads
WHERE status NOT IN ('deleted', 'merged')
