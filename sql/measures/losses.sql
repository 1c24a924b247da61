/*
describes: Leads, deals and trials that are lost, and those of them that gave a reason.
values:
  lost_records: distinct record
  reasoned_records: distinct reasoned_record
*/
SELECT lost_on AS day, reason, record, CASE WHEN reason IS NOT NULL THEN record END AS reasoned_record
FROM lost_records
