/*
names:
  en: Bounce rate
  fr: Taux de rebond
describes:
  en: Web sessions of a single page without any interaction, out of all web sessions.
  fr: Sessions web d’une seule page sans interaction, rapportées à toutes les sessions web.
unit: percent
ratio: true
good: down
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_7d
dimensions:
  channel: { en: Traffic channel, fr: Canal de trafic }
  device: { en: Device, fr: Appareil }
reads:
  sessions:
views: [window_edges]
additive: true
benchmark: { value: 0.405, source: 'Eight B2B marketing KPIs (study M5): mean bounce rate of B2B sites' }
audience: [ecommerce, marketing]
runbook: docs/kpis.md#bounce_rate
*/
WITH named AS (
  SELECT
    started_on,
    coalesce(channel, '(unknown)') AS channel,
    coalesce(device, '(unknown)') AS device,
    bounced_session_count,
    session_count
  FROM sessions
),
members AS (
  SELECT
    started_on AS moved_on,
    CASE
      WHEN channel IS NOT NULL THEN 'channel'
      WHEN device IS NOT NULL THEN 'device'
    END AS dimension,
    coalesce(channel, device) AS member,
    count(*) AS entries,
    sum(bounced_session_count) AS bounced_sessions,
    sum(session_count) AS all_sessions
  FROM named
  GROUP BY GROUPING SETS ((started_on), (started_on, channel), (started_on, device))
),
movements AS (
  SELECT dimension, member, moved_on, entries, bounced_sessions, all_sessions
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS entries, 0 AS bounced_sessions, 0 AS all_sessions
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(entries)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS entries,
    sum(sum(bounced_sessions)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS bounced_sessions,
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
    sum(CASE WHEN e.opening THEN -t.bounced_sessions ELSE t.bounced_sessions END) AS bounced_sessions,
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
  bounced_sessions AS numerator,
  all_sessions AS denominator
FROM windows
WHERE entries > 0
