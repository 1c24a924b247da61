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
advice:
  en: >-
    One brand or category: check its stock. One device: test its checkout. Everywhere: freight terms, payment, an
    outage. Call the customers with the largest carts.
  fr: >-
    Une marque ou une catégorie : vérifier son stock. Un appareil : tester sa commande. Partout : frais de port,
    paiement, panne. Appeler les clients aux plus gros paniers.
unit: percent
numerator: sum abandoned_carts by cart_id
denominator: sum carts by cart_id
good: down
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_7d
dimensions: [device, traffic_channel, region, category, brand]
benchmark: { value: 0.75, source: 'Eight B2B marketing KPIs (study M5): mean cart abandonment' }
theme: storefront
audience: [executive, ecommerce, marketing]
*/
-- A cart counts once in each category and brand that it holds; one whose lines did not arrive is not lost.
SELECT
  c.settles_on AS day,
  c.cart_id,
  c.device,
  c.channel,
  c.region,
  l.product_id,
  CASE WHEN c.abandoned THEN 1 ELSE 0 END AS abandoned_carts,
  1 AS carts
FROM settled_carts c
LEFT JOIN cart_lines l ON l.cart_id = c.cart_id
