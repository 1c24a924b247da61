/*
describes: What is spent to win customers, by marketing and by sales.
values:
  acquisition_cost: sum known amount
*/
SELECT day, channel, amount
FROM acquisition_costs
