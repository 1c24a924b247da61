/*
names:
  en: Basket of bookings over ordinary orders
  fr: Panier des précommandes rapporté aux commandes ordinaires
describes:
  en: >-
    Average order value of orders under an early-order programme, over that of ordinary orders: at 2, a booking is worth twice an
    ordinary order. Returns deducted, cancelled orders left out.
  fr: >-
    Panier moyen des commandes relevant d’un programme de précommande, rapporté à celui des commandes ordinaires : à 2, une précommande
    vaut deux commandes ordinaires. Retours déduits, commandes annulées écartées.
advice:
  en: >-
    See which of the two moved. Bookings that shrink: tiers of quantity that ask too little, or customers who split their orders.
  fr: >-
    Regarder lequel des deux a bougé. Des précommandes qui rétrécissent : des paliers de quantité trop bas, ou des clients qui
    fractionnent leurs commandes.
unit: ratio
measures: [booked_revenue, booked_orders, revenue, orders]
ratio: true
additive: false
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: ytd
dimensions: [programme]
theme: booking
audience: [executive, sales]
*/
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  CAST(booked_revenue AS double) / NULLIF(booked_orders, 0) AS numerator,
  CAST(ordinary_revenue AS double) / NULLIF(ordinary_orders, 0) AS denominator
FROM (
  SELECT
    as_of,
    period,
    comparison,
    dimension,
    member,
    booked_revenue,
    booked_orders,
    max(CASE WHEN dimension IS NULL THEN revenue - coalesce(booked_revenue, 0) END) OVER (PARTITION BY as_of, period, comparison)
      AS ordinary_revenue,
    max(CASE WHEN dimension IS NULL THEN orders - booked_orders END) OVER (PARTITION BY as_of, period, comparison) AS ordinary_orders
  FROM measured
) baskets
WHERE booked_orders > 0 AND booked_revenue IS NOT NULL AND (dimension IS NULL OR member <> '(unknown)')
