/*
names:
  en: Conversion rate
  fr: Taux de conversion
describes:
  en: Web sessions with at least one order, out of all web sessions. Sessions count on the day on which they began.
  fr: Sessions web avec au moins une commande, rapportées à toutes les sessions web. Une session compte le jour où elle a commencé.
advice:
  en: >-
    See whether the mix of channels and devices moved or the rate within one. One device: try its checkout. One
    channel: its landing pages. Everywhere: prices, stock, tracking.
  fr: >-
    Regarder si c’est la répartition des canaux et des appareils qui a changé, ou le taux dans l’un d’eux. Un
    appareil : tester sa commande. Un canal : ses pages d’arrivée. Partout : prix, stock, suivi.
unit: percent
numerator: sum ordering_session_count
denominator: sum session_count
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_7d
dimensions: [device, traffic_channel, landing_group]
theme: storefront
audience: [executive, ecommerce, marketing]
*/
SELECT started_on AS day, device, channel, landing_group, ordering_session_count, session_count
FROM sessions
-- A source that cannot tell is no source of zeros: its sessions are left out.
WHERE ordering_session_count IS NOT NULL
