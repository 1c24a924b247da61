/*
describes: What marketing spends, media and other cost; not what sales spends.
values:
  marketing_cost: sum known amount
*/
SELECT day, channel, campaign, amount
FROM acquisition_costs
WHERE kind = 'marketing'
