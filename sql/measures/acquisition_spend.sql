/*
describes: What is spent to win customers, by marketing and by sales.
values:
  acquisition_cost: sum amount
*/
SELECT day, channel, amount
FROM acquisition_costs
WHERE amount IS NOT NULL
