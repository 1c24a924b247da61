/*
names: { en: Lost sales to call about, fr: Ventes perdues à rappeler }
describes:
  en: >-
    The carts of customers who were signed in that were abandoned in the last seven days, worth most first, of each representative. Left
    out: carts that were ordered after all, and those of whose articles the customer has ordered any since. With the likely reason; of a
    stock-out, with the article of the same category (of the same brand, if there is one) that sells best of those in stock.
  fr: >-
    Les paniers de clients connectés abandonnés ces sept derniers jours, les plus élevés d’abord, par commercial. Sans les paniers
    commandés depuis, ni ceux dont le client a commandé un article entre-temps. Avec la cause probable ; en cas de rupture, l’article
    de même catégorie (de même marque, s’il y en a) qui se vend le mieux parmi ceux en stock.
kpi: lost_sales_amount
key: cart_id
columns:
  customer: { names: { en: Customer, fr: Client } }
  amount: { names: { en: Worth, fr: Montant }, unit: currency }
  reason:
    names: { en: Likely reason, fr: Cause probable }
    words:
      stock_out: { en: stock-out, fr: rupture de stock }
      price_comparison: { en: compared prices, fr: comparaison de prix }
      other: { en: no reason known, fr: cause inconnue }
  product: { names: { en: Article, fr: Article }, said: true }
  alternative: { names: { en: In stock instead, fr: En stock à la place }, said: true }
  left_on: { names: { en: Abandoned, fr: Abandonné le }, said: true }
  last_order_on: { names: { en: Last order, fr: Dernière commande }, said: true }
  objective_gap: { names: { en: Behind objective, fr: En retard sur l’objectif }, unit: currency, said: true }
  region: { names: { en: Region, fr: Région }, mail: false }
  sales_rep_id: { names: { en: Representative, fr: Commercial }, mail: false }
  customer_id: { names: { en: Customer number, fr: Numéro de client }, said: true }
  cart_id: { names: { en: Cart, fr: Panier }, mail: false }
dimensions: { sales_rep: sales_rep_id, customer: customer_id, region: region }
confidential: true
rows: 50
windows: [last_7d]
reads:
  # What sells best is known of a year.
  orders: { history: 366 }
  order_lines: { history: 366 }
audience: [sales]
*/
SELECT
  place,
  customer,
  amount,
  reason,
  product,
  alternative,
  left_on,
  last_order_on,
  objective_gap,
  region,
  sales_rep_id,
  customer_id,
  cart_id
FROM (
  SELECT
    row_number() OVER (ORDER BY a.amount DESC, a.cart_id) AS place,
    row_number() OVER (PARTITION BY k.sales_rep_id ORDER BY a.amount DESC, a.cart_id) AS place_of_rep,
    coalesce(k.name, a.customer_id) AS customer,
    a.amount,
    a.reason,
    a.product,
    a.alternative,
    a.left_on,
    s.last_order_on,
    CASE WHEN s.objective_gap > 0 THEN s.objective_gap END AS objective_gap,
    k.region,
    k.sales_rep_id,
    a.customer_id,
    a.cart_id
  FROM (
    SELECT
      m.cart_id,
      m.customer_id,
      m.amount,
      m.reason,
      m.left_on,
      coalesce(m.product_name, m.product_id) AS product,
      coalesce(i.name, i.product_id) AS alternative,
      row_number() OVER (
        PARTITION BY m.cart_id
        ORDER BY CASE WHEN i.brand = m.brand THEN 0 ELSE 1 END, coalesce(b.sold, 0) DESC, i.product_id
      ) AS choice
    FROM (
      SELECT
        o.cart_id,
        c.customer_id,
        o.amount,
        o.reason,
        CAST(o.settles_on - INTERVAL '1' DAY AS date) AS left_on,
        l.product_id,
        l.quantity,
        p.name AS product_name,
        p.category,
        p.brand,
        max(r.bought_on) OVER (PARTITION BY o.cart_id) AS bought_on,
        row_number() OVER (
          PARTITION BY o.cart_id ORDER BY CASE WHEN l.out_of_stock THEN 0 ELSE 1 END, l.amount DESC, l.line_id
        ) AS line
      FROM cart_outcomes o
      JOIN carts c ON c.cart_id = o.cart_id
      JOIN cart_lines l ON l.cart_id = o.cart_id
      LEFT JOIN products p ON p.product_id = l.product_id
      LEFT JOIN (
        SELECT customer_id, product_id, max(day) AS bought_on
        FROM sales
        WHERE net_amount > 0
        GROUP BY customer_id, product_id
      ) r ON r.customer_id = c.customer_id
        AND r.product_id = l.product_id
        AND r.bought_on >= CAST(o.settles_on - INTERVAL '1' DAY AS date)
      WHERE o.abandoned AND c.ordered_at IS NULL AND c.customer_id IS NOT NULL
    ) m
    LEFT JOIN products_in_stock i
      ON m.reason = 'stock_out'
      AND i.category = m.category
      AND i.product_id <> m.product_id
      AND i.available >= m.quantity
    LEFT JOIN (SELECT product_id, sum(net_amount) AS sold FROM sales GROUP BY product_id) b ON b.product_id = i.product_id
    WHERE m.line = 1 AND m.bought_on IS NULL
  ) a
  JOIN limits w ON a.amount >= w.least_weight
  LEFT JOIN customers k ON k.customer_id = a.customer_id
  LEFT JOIN customer_standing s ON s.customer_id = a.customer_id
  WHERE a.choice = 1
) placed
JOIN limits ON placed.place_of_rep <= limits.most_rows
