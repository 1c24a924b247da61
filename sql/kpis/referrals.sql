/*
names:
  en: Referrals
  fr: Recommandations
describes:
  en: >-
    Recommendations by customers received in the window. A window with leads but no recommendation is zero.
  fr: >-
    Recommandations de clients reçues dans la période. Une période avec des leads mais sans recommandation vaut zéro.
advice:
  en: >-
    Ask the customers who are satisfied; those asked within a month of an order answer. See whether sales still records them.
  fr: >-
    Demander aux clients satisfaits ; c’est dans le mois d’une commande qu’ils répondent. Voir si la vente les saisit encore.
unit: count
numerator: sum referral_count
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: mtd
dimensions: [region, industry]
reads:
  leads: { optional: true }
theme: customers
audience: [sales, marketing]
*/
SELECT referred_on AS day, customer_id, 1 AS referral_count
FROM referrals
UNION ALL
-- Leads on a day, so that a day of leads without a recommendation is a 0 and not silence.
SELECT created_on AS day, customer_id, 0 AS referral_count
FROM leads
WHERE status NOT IN ('deleted', 'merged')
