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
daily AS (
  SELECT
    started_on,
    device,
    channel,
    landing_group,
    sum(ordering_session_count) AS ordering_sessions,
    sum(session_count) AS all_sessions
  FROM named
  GROUP BY GROUPING SETS ((started_on), (started_on, device), (started_on, channel), (started_on, landing_group))
),
members AS (
  SELECT
    started_on,
    CASE
      WHEN device IS NOT NULL THEN 'device'
      WHEN channel IS NOT NULL THEN 'channel'
      WHEN landing_group IS NOT NULL THEN 'landing_group'
    END AS dimension,
    coalesce(device, channel, landing_group) AS member,
    ordering_sessions,
    all_sessions
  FROM daily
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  m.dimension,
  m.member,
  sum(m.ordering_sessions) AS numerator,
  sum(m.all_sessions) AS denominator
FROM periods p
JOIN members m ON m.started_on BETWEEN p.starts_on AND p.ends_on
GROUP BY p.as_of, p.period, p.comparison, m.dimension, m.member
