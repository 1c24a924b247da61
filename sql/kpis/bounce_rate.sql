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
daily AS (
  SELECT
    started_on,
    channel,
    device,
    sum(bounced_session_count) AS bounced_sessions,
    sum(session_count) AS all_sessions
  FROM named
  GROUP BY GROUPING SETS ((started_on), (started_on, channel), (started_on, device))
),
members AS (
  SELECT
    started_on,
    CASE
      WHEN channel IS NOT NULL THEN 'channel'
      WHEN device IS NOT NULL THEN 'device'
    END AS dimension,
    coalesce(channel, device) AS member,
    bounced_sessions,
    all_sessions
  FROM daily
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  m.dimension,
  m.member,
  sum(m.bounced_sessions) AS numerator,
  sum(m.all_sessions) AS denominator
FROM periods p
JOIN members m ON m.started_on BETWEEN p.starts_on AND p.ends_on
GROUP BY p.as_of, p.period, p.comparison, m.dimension, m.member
