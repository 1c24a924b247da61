/*
names:
  en: Sessions that compare prices
  fr: Sessions de comparaison de prix
describes:
  en: >-
    Sessions without an order in which the visitor saw three products of one category, or one product and returned to it twice, out of
    all sessions whose pages and orders are known. By category: out of the sessions that saw a product of it; those that saw none are
    of an unknown one.
  fr: >-
    Sessions sans commande au cours desquelles le visiteur a vu trois produits d’une catégorie, ou un produit auquel il est revenu deux
    fois, rapportées à toutes les sessions dont pages et commandes sont connues. Par catégorie : aux sessions qui en ont vu un produit ; celles
    qui n’en ont vu aucun sont de catégorie inconnue.
advice:
  en: >-
    One category: compare its prices with competitors' and look for an offer that undercuts. Everywhere: freight or delivery dates
    that are shown late.
  fr: >-
    Une catégorie : comparer ses prix à ceux des concurrents et chercher une offre moins chère. Partout : port ou délais affichés
    tardivement.
unit: percent
numerator: sum comparing_sessions by session_id
denominator: sum sessions by session_id
good: down
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [category, device]
# A session over midnight goes on looking.
reads:
  page_views: { ahead: 1 }
audience: [ecommerce, marketing, sales]
*/
-- Rows that stand for several sessions cannot be told apart, and a source that knows no orders cannot say who left without one.
SELECT
  s.started_on AS day,
  s.session_id,
  s.device,
  v.category,
  CASE WHEN v.compared AND s.ordering_session_count = 0 THEN 1 ELSE 0 END AS comparing_sessions,
  1 AS sessions
FROM sessions s
JOIN category_views v ON v.session_id = s.session_id
WHERE s.session_count = 1 AND s.ordering_session_count IS NOT NULL
