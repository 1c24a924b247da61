/*
names:
  en: Return on ad spend
  fr: Retour sur dépenses publicitaires
describes:
  en: >-
    Value of the conversions, as the ad platforms attribute them, for each unit of media cost. Campaign days that had
    conversions of an unreported value are left out.
  fr: >-
    Valeur des conversions, telles que les régies les attribuent, par unité de coût média. Les jours de campagne dont les
    conversions n’ont pas de valeur déclarée sont écartés.
advice:
  en: >-
    Sort the campaigns by cost; leave new ones time to learn. A platform that fell to zero overnight has lost its
    conversion tag.
  fr: >-
    Trier les campagnes par coût ; laisser aux nouvelles le temps d’apprendre. Une régie tombée à zéro du jour au
    lendemain a perdu son marqueur de conversion.
unit: ratio
numerator: sum conversion_value
denominator: sum cost
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [platform, campaign]
theme: channels
audience: [executive, marketing]
*/
SELECT
  spent_on AS day,
  platform,
  coalesce(campaign_name, campaign_id) AS campaign,
  CASE WHEN conversions = 0 THEN coalesce(conversion_value, 0) ELSE conversion_value END AS conversion_value,
  cost
FROM ad_spend
WHERE (conversions = 0 OR conversion_value IS NOT NULL) AND cost IS NOT NULL
