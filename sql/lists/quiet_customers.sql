/*
names: { en: Good customers who go quiet, fr: Bons clients qui se taisent }
describes:
  en: >-
    Customers of the best segments (best, loyal, good but quiet) who have not ordered for more than twice as long as they usually do,
    of each representative those first who bought most in a year. What is usual is the mean time between the days on which they ordered in the
    year, of at least four such days.
  fr: >-
    Les clients des meilleurs segments (meilleurs, fidèles, bons mais silencieux) qui n’ont pas commandé depuis plus de deux fois leur
    délai habituel, par commercial, les plus gros acheteurs de l’année d’abord. L’habituel est le délai moyen entre leurs jours de
    commande de l’année, s’il y en a au moins quatre.
kpi: rfm_segment_customers
key: customer_id
columns:
  customer: { names: { en: Customer, fr: Client } }
  amount: { names: { en: Bought in a year, fr: Achats sur un an }, unit: currency }
  segment:
    names: { en: Segment, fr: Segment }
    words:
      best: { en: best customer, fr: meilleur client }
      loyal: { en: loyal, fr: fidèle }
      at_risk: { en: good but quiet, fr: bon mais silencieux }
  quiet_days: { names: { en: Without an order for, fr: Sans commande depuis }, unit: days, said: true }
  usual_days: { names: { en: Usually orders every, fr: Commande habituellement tous les }, unit: days, said: true }
  last_order_on: { names: { en: Last order, fr: Dernière commande }, said: true }
  objective_gap: { names: { en: Behind objective, fr: En retard sur l’objectif }, unit: currency, said: true }
  region: { names: { en: Region, fr: Région }, mail: false }
  sales_rep_id: { names: { en: Representative, fr: Commercial }, mail: false }
  customer_id: { names: { en: Customer number, fr: Numéro de client }, said: true }
dimensions: { sales_rep: sales_rep_id, customer: customer_id, region: region }
confidential: true
rows: 50
windows: [last_365d]
audience: [sales]
*/
SELECT
  place,
  customer,
  amount,
  segment,
  quiet_days,
  usual_days,
  last_order_on,
  objective_gap,
  region,
  sales_rep_id,
  customer_id
FROM (
  SELECT
    row_number() OVER (ORDER BY q.amount DESC, q.customer_id) AS place,
    row_number() OVER (PARTITION BY k.sales_rep_id ORDER BY q.amount DESC, q.customer_id) AS place_of_rep,
    coalesce(k.name, q.customer_id) AS customer,
    q.amount,
    q.segment,
    q.quiet_days,
    CAST(round(CAST(q.span_days AS double) / NULLIF(q.order_days - 1, 0)) AS integer) AS usual_days,
    s.last_order_on,
    CASE WHEN s.objective_gap > 0 THEN s.objective_gap END AS objective_gap,
    k.region,
    k.sales_rep_id,
    q.customer_id
  FROM (
    SELECT
      r.customer_id,
      r.segment,
      r.recency_days AS quiet_days,
      count(DISTINCT b.day) AS order_days,
      date_diff('day', min(b.day), max(b.day)) AS span_days,
      sum(b.amount) AS amount
    FROM rfm_scores r
    JOIN (
      SELECT
        d.customer_id,
        CASE WHEN d.kind = 'order' THEN d.ordered_on END AS day,
        sum(l.net_amount) AS amount
      FROM sales_documents d
      LEFT JOIN order_lines l ON l.order_id = d.order_id
      GROUP BY d.customer_id, CASE WHEN d.kind = 'order' THEN d.ordered_on END
    ) b ON b.customer_id = r.customer_id
    WHERE r.segment IN ('best', 'loyal', 'at_risk')
    GROUP BY r.customer_id, r.segment, r.recency_days
  ) q
  JOIN limits w ON q.amount >= w.least_weight
  LEFT JOIN customers k ON k.customer_id = q.customer_id
  LEFT JOIN customer_standing s ON s.customer_id = q.customer_id
  WHERE q.order_days >= 4 AND q.quiet_days * (q.order_days - 1) > 2 * q.span_days
) placed
JOIN limits ON placed.place_of_rep <= limits.most_rows
