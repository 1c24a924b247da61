/*
describes: Entries of leads and deals into a stage that ends no journey, on their day. One that comes back enters again.
values:
  stage_entries: sum entries
*/
SELECT entered_on AS day, stage_id, 1 AS entries
FROM stage_stays
WHERE outcome = 'open' AND entry_known
