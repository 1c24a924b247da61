/*
names:
  en: Freight cost ratio
  fr: Part du transport
describes:
  en: >-
    Freight that the company bears, out of net revenue, of the documents whose freight is known.
  fr: >-
    Transport à la charge de l’entreprise, rapporté au chiffre d’affaires net, des documents dont le transport est connu.
advice:
  en: >-
    Many small orders: see orders and average order value, and the limit from which delivery is free. One region: a carrier's new rates.
  fr: >-
    Beaucoup de petites commandes : voir les commandes et le panier moyen, et le seuil de franco. Une région : les nouveaux tarifs d’un
    transporteur.
unit: percent
numerator: sum freight_amount
denominator: sum net_amount
good: down
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: ytd
dimensions: [booking, region]
theme: booking
audience: [executive, sales, finance]
*/
-- Freight may stand on one line of a document: of a document with none on any, freight is not known, which is not 0.
SELECT d.ordered_on AS day, d.customer_id, d.booking, l.freight_amount, l.net_amount
FROM (
  SELECT order_id, sum(freight_amount) AS freight_amount, sum(net_amount) AS net_amount
  FROM order_lines
  GROUP BY order_id
) l
JOIN sales_documents d ON d.order_id = l.order_id
WHERE l.freight_amount IS NOT NULL
