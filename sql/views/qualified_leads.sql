/*
describes: >-
  Leads that marketing found qualified, each on the first day of it. One that sales found qualified before marketing did, or without,
  is qualified for both from that day, if it came no earlier than the first yes of marketing's that is known. Of one that came before
  nobody knows whether marketing had said it; it is left out. Columns: lead_id, channel, industry, mql_on, sql_on (null while
  it is not), sql_is_kept (whether any yes of sales' is known), mql_kept_from (from when on marketing's are: from ever, or, where sales said yes
  before, from the first one on).
reads:
  leads: { history: all }
*/
SELECT
  lead_id,
  channel,
  industry,
  CASE WHEN mql_on IS NULL OR sql_on < mql_on THEN sql_on ELSE mql_on END AS mql_on,
  sql_on,
  first_sql_on IS NOT NULL AS sql_is_kept,
  CASE WHEN first_sql_on < first_mql_on THEN first_mql_on ELSE DATE '1900-01-01' END AS mql_kept_from
FROM (
  SELECT *, min(mql_on) OVER () AS first_mql_on, min(sql_on) OVER () AS first_sql_on
  FROM leads
  WHERE status NOT IN ('deleted', 'merged')
) known
WHERE mql_on <= coalesce(sql_on, mql_on) OR (sql_on IS NOT NULL AND created_on >= first_mql_on)
