/*
describes: >-
  Visits that search engines bring to the company's own domains and to its competitors', as estimated: each day an equal part of its
  month.
values:
  own_organic_traffic: sum known own_organic
  rival_organic_traffic: sum known rival_organic
  own_paid_traffic: sum known own_paid
  rival_paid_traffic: sum known rival_paid
*/
SELECT
  day,
  CASE WHEN NOT own THEN domain END AS competitor,
  CASE WHEN own THEN organic END AS own_organic,
  CASE WHEN NOT own THEN organic END AS rival_organic,
  CASE WHEN own THEN paid END AS own_paid,
  CASE WHEN NOT own THEN paid END AS rival_paid
FROM (
  SELECT
    d.day,
    v.domain,
    v.own,
    CAST(CAST(v.organic_traffic AS double) / NULLIF(v.days, 0) AS decimal(18,4)) AS organic,
    CAST(CAST(v.paid_traffic AS double) / NULLIF(v.days, 0) AS decimal(18,4)) AS paid
  FROM (
    SELECT
      domain,
      own,
      month_on,
      organic_traffic,
      paid_traffic,
      date_diff('day', month_on, CAST(CAST(date_trunc('month', month_on) AS date) + INTERVAL '1' MONTH AS date)) AS days
    FROM search_visibility
  ) v
  JOIN window_days d ON d.day >= v.month_on AND date_diff('day', v.month_on, d.day) < v.days
) parts
