/*
names:
  en: Bounce rate
  fr: Taux de rebond
describes:
  en: Web sessions of a single page without any interaction, out of all web sessions.
  fr: Sessions web d’une seule page sans interaction, rapportées à toutes les sessions web.
unit: percent
ratio: true
grain: day
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
    started_on AS day,
    coalesce(channel, '(unknown)') AS channel,
    coalesce(device, '(unknown)') AS device,
    bounced_session_count,
    session_count
  FROM sessions
  -- A source that cannot tell is no source of zeros: its sessions are left out.
  WHERE bounced_session_count IS NOT NULL
)
SELECT
  day,
  CASE WHEN channel IS NOT NULL THEN 'channel' WHEN device IS NOT NULL THEN 'device' END AS dimension,
  coalesce(channel, device) AS member,
  sum(bounced_session_count) AS numerator,
  sum(session_count) AS denominator
FROM named
GROUP BY GROUPING SETS ((day), (day, channel), (day, device))
