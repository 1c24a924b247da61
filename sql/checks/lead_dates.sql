/*
names: { en: Dates of leads, fr: Dates des leads }
describes: >-
  Leads that are won or lost on a day that nobody knows, and those that became something on a day before they were created.
means:
  en: some leads are closed without a day, or became something before they were created
  fr: des leads sont clos sans date, ou qualifiés avant leur création
severity: warning
message: "From {source} came {row_count lead} won or lost without a day ({undated_count}), or qualified, won or lost on a day before the lead was created ({early_count})."
hint: "Map `won_on` and `lost_on` of leads. Leads that were imported have the day of the import as `created_on`: map the day on which they came instead."
about: leads
reads: { leads: { history: 800 } }
*/
SELECT
  u.source,
  count(*) AS row_count,
  count(*) FILTER (WHERE u.undated) AS undated_count,
  count(*) FILTER (WHERE u.early) AS early_count,
  min(u.lead_id) AS sample_first,
  max(u.lead_id) AS sample_last
FROM (
  SELECT
    l._source AS source,
    l.lead_id,
    (l.status = 'won' AND l.won_on IS NULL) OR (l.status = 'lost' AND l.lost_on IS NULL) AS undated,
    coalesce(l.mql_on < l.created_on, false)
      OR coalesce(l.sql_on < l.created_on, false)
      OR coalesce(l.won_on < l.created_on, false)
      OR coalesce(l.lost_on < l.created_on, false) AS early
  FROM leads AS l
) AS u
WHERE u.undated OR u.early
GROUP BY u.source
