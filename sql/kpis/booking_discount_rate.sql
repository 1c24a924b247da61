/*
names:
  en: Booking discount rate
  fr: Taux de remise des précommandes
describes:
  en: >-
    Discount out of the list amount, of lines under an early-order programme whose list amount is known. By the units of the line, and by
    the days from the booking to the wanted delivery.
  fr: >-
    Remise rapportée au montant au tarif, des lignes relevant d’un programme de précommande dont ce montant est connu. Par unités de la
    ligne, et par jours de la précommande à la livraison souhaitée.
advice:
  en: >-
    A tier that gives more than planned: special conditions, or lines booked under the wrong programme. Compare with the share of
    bookings: did the discount sell more?
  fr: >-
    Un palier au-dessus du prévu : des conditions particulières, ou des lignes au mauvais programme. Comparer à la part des
    précommandes : la remise a-t-elle fait vendre plus ?
unit: percent
numerator: sum discount_amount
denominator: sum list_amount
good: down
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: ytd
dimensions: [programme, quantity_tier, lead_time_band]
theme: booking
audience: [executive, sales, finance]
*/
SELECT
  d.ordered_on AS day,
  coalesce(l.booking_programme, d.programme) AS programme,
  q.name AS quantity_tier,
  t.name AS lead_time_band,
  coalesce(l.discount_amount, l.list_amount - l.net_amount) AS discount_amount,
  l.list_amount
FROM order_lines l
JOIN sales_documents d ON d.order_id = l.order_id
LEFT JOIN bands_in_force q
  ON q.kind = 'quantity' AND abs(l.quantity) >= q.starts_at AND (q.ends_before IS NULL OR abs(l.quantity) < q.ends_before)
LEFT JOIN bands_in_force t
  ON t.kind = 'lead_days' AND l.booking_lead_days >= t.starts_at AND (t.ends_before IS NULL OR l.booking_lead_days < t.ends_before)
WHERE l.list_amount IS NOT NULL AND coalesce(l.booking_programme, d.programme) IS NOT NULL
