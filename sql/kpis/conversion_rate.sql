/*
names:
  en: Conversion rate
  fr: Taux de conversion
describes:
  en: Web sessions with at least one order, out of all web sessions. Sessions count on the day on which they began.
  fr: Sessions web avec au moins une commande, rapportées à toutes les sessions web. Une session compte le jour où elle a commencé.
unit: percent
ratio: true
grain: day
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
    started_on AS day,
    coalesce(device, '(unknown)') AS device,
    coalesce(channel, '(unknown)') AS channel,
    coalesce(landing_group, '(unknown)') AS landing_group,
    ordering_session_count,
    session_count
  FROM sessions
  -- A source that cannot tell is no source of zeros: its sessions are left out.
  WHERE ordering_session_count IS NOT NULL
)
SELECT
  day,
  CASE
    WHEN device IS NOT NULL THEN 'device'
    WHEN channel IS NOT NULL THEN 'channel'
    WHEN landing_group IS NOT NULL THEN 'landing_group'
  END AS dimension,
  coalesce(device, channel, landing_group) AS member,
  sum(ordering_session_count) AS numerator,
  sum(session_count) AS denominator
FROM named
GROUP BY GROUPING SETS ((day), (day, device), (day, channel), (day, landing_group))
