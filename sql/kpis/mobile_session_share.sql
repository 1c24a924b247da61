/*
names:
  en: Mobile session share
  fr: Part des sessions mobiles
describes:
  en: Web sessions on a mobile phone, out of the sessions whose device is known. A tablet is not a phone.
  fr: Sessions web sur téléphone mobile, rapportées aux sessions dont l’appareil est connu. Une tablette n’est pas un téléphone.
advice:
  en: >-
    Neither direction is good in itself: look at the conversion rate by device. A sudden step is mostly a change of
    the tag or a campaign.
  fr: >-
    Aucun sens n’est bon en soi : regarder le taux de conversion par appareil. Un saut soudain vient souvent du
    marqueur ou d’une campagne.
unit: percent
numerator: sum mobile_session_count
denominator: sum session_count
good: neither
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [traffic_channel]
theme: storefront
audience: [ecommerce, marketing]
*/
SELECT
  started_on AS day,
  channel,
  CASE WHEN device = 'mobile' THEN session_count ELSE 0 END AS mobile_session_count,
  session_count
FROM sessions
WHERE device IS NOT NULL
