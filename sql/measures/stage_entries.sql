/*
describes: >-
  Entries of leads and deals into a stage that ends no journey, on their day. One that comes back enters again. A lead with a deal
  under way is its deal, and enters no stage of its own.
values:
  stage_entries: sum entries
*/
SELECT entered_on AS day, stage_id, 1 AS entries
FROM followed_stays
WHERE outcome = 'open' AND entry_known AND entered_as_deal = 0
