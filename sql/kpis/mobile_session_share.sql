/*
names:
  en: Mobile session share
  fr: Part des sessions mobiles
describes:
  en: Web sessions on a mobile phone, out of the sessions whose device is known. A tablet is not a phone.
  fr: Sessions web sur téléphone mobile, rapportées aux sessions dont l’appareil est connu. Une tablette n’est pas un téléphone.
unit: percent
ratio: true
grain: day
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
WITH told AS (
  SELECT
    started_on AS day,
    coalesce(channel, '(unknown)') AS channel,
    CASE WHEN device = 'mobile' THEN session_count ELSE 0 END AS mobile_session_count,
    session_count
  FROM sessions
  WHERE device IS NOT NULL
)
SELECT
  day,
  CASE WHEN channel IS NOT NULL THEN 'channel' END AS dimension,
  channel AS member,
  sum(mobile_session_count) AS numerator,
  sum(session_count) AS denominator
FROM told
GROUP BY GROUPING SETS ((day), (day, channel))
