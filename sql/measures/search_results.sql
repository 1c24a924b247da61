/*
describes: >-
  Clicks on results of a search engine, and how often they were shown, by device and country. Google is two to three days late: a day counts three days
  later, so that every window is whole.
values:
  counted_clicks: sum click_count
  counted_impressions: sum impression_count
reads: { search_clicks: { history: 3 } }
*/
SELECT
  CAST(searched_on + INTERVAL '3' DAY AS date) AS day,
  NULLIF(device, 'unknown') AS device,
  NULLIF(country, 'ZZ') AS country,
  click_count,
  impression_count
FROM search_clicks
