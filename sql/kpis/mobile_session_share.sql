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
daily AS (
  SELECT
    started_on,
    channel,
    sum(mobile_session_count) AS mobile_sessions,
    sum(session_count) AS all_sessions
  FROM named
  GROUP BY GROUPING SETS ((started_on), (started_on, channel))
)
SELECT
  p.as_of,
  p.period,
  p.comparison,
  CASE WHEN d.channel IS NOT NULL THEN 'channel' END AS dimension,
  d.channel AS member,
  sum(d.mobile_sessions) AS numerator,
  sum(d.all_sessions) AS denominator
FROM periods p
JOIN daily d ON d.started_on BETWEEN p.starts_on AND p.ends_on
GROUP BY p.as_of, p.period, p.comparison, d.channel
