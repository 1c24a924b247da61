/*
names:
  en: New customers
  fr: Nouveaux clients
describes:
  en: >-
    Customers whose first ever order falls in the window. A return or a cancelled order makes nobody a customer. A
    window with orders but nobody new is zero.
  fr: >-
    Clients dont la toute première commande tombe dans la période. Ni un retour ni une commande annulée ne font un client.
    Une période avec des commandes mais sans nouveau client vaut zéro.
advice:
  en: >-
    See which acquisition channel dried up, and compare with the acquisition cost.
  fr: >-
    Voir quel canal d’acquisition s’est tari, et comparer au coût d’acquisition.
unit: count
numerator: sum new_customers
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: mtd
dimensions: [region, industry, acquisition_channel]
theme: customers
audience: [executive, sales, marketing]
*/
SELECT day, customer_id, new_customers
FROM first_orders
UNION ALL
-- Every order's day, so that a day of orders without a new customer is a 0 and not silence.
SELECT ordered_on AS day, customer_id, 0 AS new_customers
FROM sales_documents
WHERE kind = 'order'
