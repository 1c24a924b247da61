/*
names:
  en: Conversion rate
  fr: Taux de conversion
describes:
  en: Web sessions with at least one order, out of all web sessions. Sessions count on the day on which they began.
  fr: Sessions web avec au moins une commande, rapportées à toutes les sessions web. Une session compte le jour où elle a commencé.
unit: percent
ratio: true
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_7d
dimensions:
  device: { en: Device, fr: Appareil }
  channel: { en: Traffic channel, fr: Canal de trafic }
  landing_group: { en: Landing page group, fr: Groupe de pages d’arrivée }
reads:
  sessions:
views: [window_edges]
additive: true
audience: [executive, ecommerce, marketing]
runbook: docs/kpis.md#conversion_rate
*/
WITH named AS (
  SELECT
    started_on,
    coalesce(device, '(unknown)') AS device,
    coalesce(channel, '(unknown)') AS channel,
    coalesce(landing_group, '(unknown)') AS landing_group,
    ordering_session_count,
    session_count
  FROM sessions
),
members AS (
  SELECT
    started_on AS moved_on,
    CASE
      WHEN device IS NOT NULL THEN 'device'
      WHEN channel IS NOT NULL THEN 'channel'
      WHEN landing_group IS NOT NULL THEN 'landing_group'
    END AS dimension,
    coalesce(device, channel, landing_group) AS member,
    count(*) AS entries,
    sum(ordering_session_count) AS ordering_sessions,
    sum(session_count) AS all_sessions
  FROM named
  GROUP BY GROUPING SETS ((started_on), (started_on, device), (started_on, channel), (started_on, landing_group))
),
movements AS (
  SELECT dimension, member, moved_on, entries, ordering_sessions, all_sessions
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS entries, 0 AS ordering_sessions, 0 AS all_sessions
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(entries)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS entries,
    sum(sum(ordering_sessions)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS ordering_sessions,
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
    sum(CASE WHEN e.opening THEN -t.ordering_sessions ELSE t.ordering_sessions END) AS ordering_sessions,
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
  ordering_sessions AS numerator,
  all_sessions AS denominator
FROM windows
WHERE entries > 0
