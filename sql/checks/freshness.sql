/*
names: { en: Freshness, fr: Fraîcheur }
describes: >-
  The newest business date that a source has delivered to a table, against the day it owes. Figures of a table that is
  not fresh are shown as stale and their alerts are not judged.
means: { en: the latest data has not arrived, fr: les dernières données ne sont pas arrivées }
severity: error
message: "{table} from {source}: the latest day is {last_date:missing altogether}, {expected_on} was expected{why:.}"
hint: "Ask whoever runs {source} why its export did not arrive, put the file in its place and run the day again. If the source is slower by nature, set max_age_days on its feed."
for_each: feed
*/
SELECT
  n.source,
  n.expected_on,
  n.last_date,
  ', and ' || n.blank_file || ' came with nothing in it.' AS why
FROM (
  SELECT
    f.source,
    f.expected_on,
    f.blank_file,
    -- A file that came with a header and held no row says that nothing happened on its day.
    CASE
      WHEN r.newest_on IS NULL OR f.delivered_on > r.newest_on THEN f.delivered_on
      ELSE r.newest_on
    END AS last_date
  FROM feed AS f
  CROSS JOIN (SELECT max(business_date) AS newest_on FROM feed_rows) AS r
) AS n
WHERE n.last_date IS NULL OR n.last_date < n.expected_on
