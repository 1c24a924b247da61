/*
names:
  en: Cart abandonment rate
  fr: Taux d’abandon de panier
describes:
  en: >-
    Carts not ordered within 24 hours of their last change, out of the carts that held at least one item. A cart counts
    on the day on which its 24 hours end; an order after that does not save it.
  fr: >-
    Paniers non commandés dans les 24 heures suivant leur dernière modification, rapportés aux paniers d’au moins un
    article. Un panier compte le jour où ses 24 heures s’achèvent ; une commande plus tardive ne le sauve pas.
unit: percent
ratio: true
grain: day
good: down
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_7d
dimensions:
  device: { en: Device, fr: Appareil }
  channel: { en: Traffic channel, fr: Canal de trafic }
  region: { en: Region, fr: Région }
  category: { en: Product category, fr: Catégorie de produits }
  brand: { en: Brand, fr: Marque }
reads:
  carts:
  cart_lines:
  products:
views: [settled_carts, settled_cart_items]
# A cart counts once in each category and each brand that it holds.
additive: false
benchmark: { value: 0.75, source: 'Eight B2B marketing KPIs (study M5): mean cart abandonment' }
audience: [executive, ecommerce, marketing]
runbook: docs/kpis.md#cart_abandonment_rate
*/
-- A cart counts once in each category and each brand that it holds, whatever the number of its lines.
WITH cart_groups AS (
  SELECT settles_on, category, brand, cart_id, abandoned
  FROM settled_cart_items
  GROUP BY GROUPING SETS ((settles_on, category, cart_id, abandoned), (settles_on, brand, cart_id, abandoned))
)
SELECT
  settles_on AS day,
  CASE
    WHEN device IS NOT NULL THEN 'device'
    WHEN channel IS NOT NULL THEN 'channel'
    WHEN region IS NOT NULL THEN 'region'
  END AS dimension,
  coalesce(device, channel, region) AS member,
  count_if(abandoned) AS numerator,
  count(*) AS denominator
FROM settled_carts
GROUP BY GROUPING SETS ((settles_on), (settles_on, device), (settles_on, channel), (settles_on, region))
UNION ALL
SELECT
  settles_on AS day,
  CASE WHEN category IS NOT NULL THEN 'category' ELSE 'brand' END AS dimension,
  coalesce(category, brand) AS member,
  count_if(abandoned) AS numerator,
  count(*) AS denominator
FROM cart_groups
GROUP BY GROUPING SETS ((settles_on, category), (settles_on, brand))
HAVING coalesce(category, brand) IS NOT NULL
