/*
names: { en: Implausible dates, fr: Dates invraisemblables }
describes: >-
  Business dates before 1990 or more than a year ahead: a date format read the wrong way, or a placeholder such as
  31.12.9999. Such rows fall into no window.
means: { en: some dates cannot be right, fr: des dates sont invraisemblables }
severity: warning
message: "{table} has {row_count row} dated before 1990 or after {latest_on} ({first_on} to {last_on})."
hint: "Check the date format of the feed, and whether the source writes a placeholder for an unknown date."
for_each: table
*/
SELECT
  count(*) AS row_count,
  min(latest_on) AS latest_on,
  min(business_date) AS first_on,
  max(business_date) AS last_on,
  min(row_key) AS sample_first,
  max(row_key) AS sample_last
FROM far_rows
HAVING count(*) > 0
