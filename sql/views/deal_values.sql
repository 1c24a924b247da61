/*
describes: >-
  What deals were worth before their amount changed, each from a day on until the day before another: what a deal is worth since its last
  change is in deals. Columns: deal_id, from_on, until_on, amount (null where nothing was known).
reads:
  deal_amounts: { history: all, ahead: all, optional: true }
*/
SELECT deal_id, from_on, until_on, amount
FROM (
  SELECT
    deal_id,
    changed_on AS from_on,
    lead(changed_on) OVER (PARTITION BY deal_id ORDER BY changed_at) AS until_on,
    amount
  FROM deal_amounts
) changes
WHERE until_on > from_on
