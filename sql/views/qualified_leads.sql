/*
describes: >-
  Leads that marketing found qualified, each on the first day of it. One that sales found qualified before marketing did, or without,
  is qualified for both from that day. Columns: lead_id, channel, industry, mql_on, sql_on (null while it is not).
reads:
  leads: { history: all }
*/
SELECT
  lead_id,
  channel,
  industry,
  CASE WHEN mql_on IS NULL OR sql_on < mql_on THEN sql_on ELSE mql_on END AS mql_on,
  sql_on
FROM leads
WHERE status NOT IN ('deleted', 'merged') AND (mql_on IS NOT NULL OR sql_on IS NOT NULL)
