/*
names:
  en: Mobile session share
  fr: Part des sessions mobiles
describes:
  en: Web sessions on a mobile phone, out of the sessions whose device is known. A tablet is not a phone.
  fr: Sessions web sur téléphone mobile, rapportées aux sessions dont l’appareil est connu. Une tablette n’est pas un téléphone.
unit: percent
ratio: true
good: neither
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  channel: { en: Traffic channel, fr: Canal de trafic }
reads:
  sessions:
views: [window_edges]
additive: true
audience: [ecommerce, marketing]
runbook: docs/kpis.md#mobile_session_share
*/
WITH named AS (
  SELECT
    started_on,
    coalesce(channel, '(unknown)') AS channel,
    CASE WHEN device = 'mobile' THEN session_count ELSE 0 END AS mobile_session_count,
    session_count
  FROM sessions
  WHERE device IS NOT NULL
),
members AS (
  SELECT
    started_on AS moved_on,
    CASE WHEN channel IS NOT NULL THEN 'channel' END AS dimension,
    channel AS member,
    count(*) AS entries,
    sum(mobile_session_count) AS mobile_sessions,
    sum(session_count) AS all_sessions
  FROM named
  GROUP BY GROUPING SETS ((started_on), (started_on, channel))
),
movements AS (
  SELECT dimension, member, moved_on, entries, mobile_sessions, all_sessions
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS entries, 0 AS mobile_sessions, 0 AS all_sessions
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(entries)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS entries,
    sum(sum(mobile_sessions)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS mobile_sessions,
    sum(sum(all_sessions)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS all_sessions
  FROM movements
  GROUP BY dimension, member, moved_on
),
windows AS (
  SELECT
    e.as_of,
    e.period,
    e.comparison,
    t.dimension,
    t.member,
    sum(CASE WHEN e.opening THEN -t.entries ELSE t.entries END) AS entries,
    sum(CASE WHEN e.opening THEN -t.mobile_sessions ELSE t.mobile_sessions END) AS mobile_sessions,
    sum(CASE WHEN e.opening THEN -t.all_sessions ELSE t.all_sessions END) AS all_sessions
  FROM window_edges e
  JOIN to_date t ON t.moved_on = e.edge_on
  GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
)
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  mobile_sessions AS numerator,
  all_sessions AS denominator
FROM windows
WHERE entries > 0
