/*
names: { en: Dates of deals, fr: Dates des affaires }
describes: >-
  Deals that are won or lost on a day before they were created, or on a day that nobody knows. Without the day a deal is in no figure
  of what was won or lost.
means:
  en: some deals are closed without a day, or before they were created
  fr: des affaires sont closes sans date, ou avant leur création
severity: warning
message: "From {source} came {row_count deal} won or lost without a day ({undated_count}) or on a day before the deal was created ({early_count}). Without a day a deal is in no figure of what was won or lost."
hint: "Map `closed_on` of deals, and look at the deals named in the CRM: somebody set the day by hand."
about: deals
reads: { deals: { history: 800 } }
*/
SELECT
  d._source AS source,
  count(*) AS row_count,
  count(*) FILTER (WHERE d.closed_on IS NULL) AS undated_count,
  count(*) FILTER (WHERE d.closed_on < d.created_on) AS early_count,
  min(d.deal_id) AS sample_first,
  max(d.deal_id) AS sample_last
FROM deals AS d
WHERE d.status IN ('won', 'lost') AND (d.closed_on IS NULL OR d.closed_on < d.created_on)
GROUP BY d._source
