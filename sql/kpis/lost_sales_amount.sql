/*
names:
  en: Lost sales
  fr: Ventes perdues
describes:
  en: >-
    Net amount of the items in abandoned carts. By likely reason, the first that applies: an item was out of stock; the
    visitor compared (three products of one category, or two returns to one product); other.
  fr: >-
    Montant net des articles des paniers abandonnés. Par cause probable, la première qui s’applique : article en rupture ;
    comparaison (trois produits d’une catégorie, ou deux retours sur un produit) ; autre.
advice:
  en: >-
    Stock-out: replenish or offer a substitute. Price comparison: check competitors’ prices. Otherwise freight,
    delivery date, payment.
  fr: >-
    Rupture de stock : réapprovisionner ou proposer un équivalent. Comparaison de prix : vérifier ceux des
    concurrents. Sinon : port, délai, paiement.
unit: currency
numerator: sum amount
good: down
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [reason]
theme: storefront
audience: [executive, ecommerce, sales]
*/
-- Every reason on every day: a day of lost carts without a stock-out has lost nothing to stock-outs, which is known.
SELECT
  c.settles_on AS day,
  r.reason,
  CASE WHEN c.abandoned AND r.reason = c.reason THEN c.amount WHEN c.amount IS NOT NULL OR NOT c.abandoned THEN 0 END AS amount
FROM cart_outcomes c
CROSS JOIN (VALUES ('stock_out'), ('price_comparison'), ('other')) AS r (reason)
