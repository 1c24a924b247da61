/*
names:
  en: Bounce rate
  fr: Taux de rebond
describes:
  en: Web sessions of a single page without any interaction, out of all web sessions.
  fr: Sessions web d’une seule page sans interaction, rapportées à toutes les sessions web.
advice:
  en: >-
    Look at the channel first: a campaign that brings the wrong visitors, or robots. One device: a page that is slow
    or broken. A step overnight: the tag.
  fr: >-
    Regarder d’abord le canal : une campagne qui attire les mauvais visiteurs, ou des robots. Un appareil : une page
    lente ou cassée. Un saut d’un jour à l’autre : le marqueur.
unit: percent
numerator: sum bounced_session_count
denominator: sum session_count
good: down
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_7d
dimensions: [traffic_channel, device]
benchmark: { value: 0.405, source: 'Eight B2B marketing KPIs (study M5): mean bounce rate of B2B sites' }
theme: storefront
audience: [ecommerce, marketing]
*/
SELECT started_on AS day, channel, device, bounced_session_count, session_count
FROM sessions
-- A source that cannot tell is no source of zeros: its sessions are left out.
WHERE bounced_session_count IS NOT NULL
