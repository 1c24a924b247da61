/*
names:
  en: Sessions that compare prices
  fr: Sessions de comparaison de prix
describes:
  en: >-
    Sessions without an order in which the visitor saw three products of one category, or one product and returned to it twice, out of
    all sessions whose pages are known and whose orders would be. By category: out of the sessions that saw a product of it; those that saw none are
    of an unknown one.
  fr: >-
    Sessions sans commande au cours desquelles le visiteur a vu trois produits d’une catégorie, ou un produit auquel il est revenu deux
    fois, rapportées à toutes les sessions dont les pages sont connues, et dont les commandes le seraient. Par catégorie : aux sessions qui en ont vu un produit ; celles
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
reads:
  # A session over midnight began the day before, and may order the day after.
  page_views: { history: 1, ahead: 1 }
  orders: { ahead: 1 }
  sessions: { history: 1, ahead: 1, optional: true }
theme: storefront
audience: [ecommerce, marketing, sales]
*/
-- Whether a session ordered, its own row says, or the orders do: on days on which any of them names its session.
SELECT
  v.first_on AS day,
  v.session_id,
  s.device,
  v.category,
  CASE WHEN v.compared AND o.session_id IS NULL AND coalesce(s.ordering_session_count, 0) = 0 THEN 1 ELSE 0 END AS comparing_sessions,
  1 AS sessions
FROM category_views v
LEFT JOIN sessions s ON s.session_id = v.session_id AND s.session_count = 1
LEFT JOIN (SELECT DISTINCT session_id FROM orders WHERE session_id IS NOT NULL) o ON o.session_id = v.session_id
LEFT JOIN (SELECT DISTINCT ordered_on FROM orders WHERE session_id IS NOT NULL) d ON d.ordered_on = v.first_on
WHERE s.ordering_session_count IS NOT NULL OR d.ordered_on IS NOT NULL
