/*
describes: >-
  Leads that marketing found qualified, each on the first day of it. One that sales found qualified before marketing did, or without,
  is qualified for both from that day. Columns: lead_id, channel, industry, mql_on, sql_on (null while it is not), both_known (whether
  there is any lead of which marketing's yes is known, and any of which sales' is).
reads:
  leads: { history: all }
*/
SELECT
  lead_id,
  channel,
  industry,
  CASE WHEN mql_on IS NULL OR sql_on < mql_on THEN sql_on ELSE mql_on END AS mql_on,
  sql_on,
  last_mql_on IS NOT NULL AND last_sql_on IS NOT NULL AS both_known
FROM (
  SELECT *, max(mql_on) OVER () AS last_mql_on, max(sql_on) OVER () AS last_sql_on
  FROM leads
  WHERE status NOT IN ('deleted', 'merged')
) known
WHERE mql_on IS NOT NULL OR sql_on IS NOT NULL
