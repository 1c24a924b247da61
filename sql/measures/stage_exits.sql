/*
describes: >-
  Stays in a stage that ended, on the day they did; whether the lead or deal was lost then, and for what reason. A lead with a deal
  under way is lost as its deal.
values:
  stage_losses: sum losses
*/
SELECT
  left_on AS day,
  stage_id,
  CASE WHEN next_outcome = 'lost' THEN next_reason END AS reason,
  CASE WHEN next_outcome = 'lost' THEN 1 ELSE 0 END AS losses
FROM followed_stays
WHERE outcome = 'open' AND left_on IS NOT NULL AND left_as_deal = 0
