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
unit: currency
ratio: false
grain: day
good: down
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  reason: { en: Likely reason, fr: Cause probable }
reads:
  carts:
  cart_lines:
  products:
  # Views precede the day on which the cart settles: a day's 24 hours, a session over midnight, a clock change.
  page_views: { history: 3 }
views: [settled_carts, settled_cart_items]
additive: true
audience: [executive, ecommerce, sales]
runbook: docs/kpis.md#lost_sales_amount
*/
WITH priced AS (
  SELECT
    cart_id,
    session_id,
    settles_on,
    abandoned,
    bool_or(coalesce(out_of_stock, false)) AS stock_out,
    sum(amount) AS amount
  FROM settled_cart_items
  GROUP BY cart_id, session_id, settles_on, abandoned
),
comparing AS (
  SELECT DISTINCT session_id
  FROM (
    SELECT v.session_id, v.product_id, p.category, count(*) AS times
    FROM page_views v
    LEFT JOIN products p ON p.product_id = v.product_id
    WHERE v.kind = 'product'
      AND v.product_id IS NOT NULL
      AND v.session_id IN (SELECT session_id FROM settled_carts WHERE abandoned AND session_id IS NOT NULL)
    GROUP BY v.session_id, v.product_id, p.category
  ) viewed
  GROUP BY session_id, category
  HAVING max(times) >= 3 OR (category IS NOT NULL AND count(*) >= 3)
),
explained AS (
  SELECT
    c.settles_on,
    CASE WHEN c.abandoned THEN c.amount ELSE 0 END AS lost_amount,
    CASE
      WHEN c.stock_out THEN 'stock_out'
      WHEN s.session_id IS NOT NULL THEN 'price_comparison'
      ELSE 'other'
    END AS reason
  FROM priced c
  LEFT JOIN comparing s ON s.session_id = c.session_id
)
-- Every reason on every day: a day of lost carts without a stock-out has lost nothing to stock-outs, which is known.
SELECT
  x.settles_on AS day,
  CASE WHEN r.reason <> 'total' THEN 'reason' END AS dimension,
  nullif(r.reason, 'total') AS member,
  sum(CASE WHEN r.reason IN ('total', x.reason) THEN x.lost_amount ELSE 0 END) AS numerator
FROM explained x
CROSS JOIN (VALUES ('total'), ('stock_out'), ('price_comparison'), ('other')) AS r (reason)
GROUP BY x.settles_on, r.reason
