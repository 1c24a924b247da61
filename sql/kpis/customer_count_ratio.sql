/*
names:
  en: Customer count, end to start
  fr: Évolution du nombre de clients
describes:
  en: >-
    Active customers at the end of the window out of active customers on the day before it started: 90 of 100 are 90 %.
    A customer is active for 365 days from each order, its day included.
  fr: >-
    Clients actifs à la fin de la période rapportés aux clients actifs la veille de son début : 90 sur 100 font 90 %. Un
    client est actif pendant 365 jours à partir de chaque commande, jour de commande compris.
advice:
  en: >-
    Compare new customers (too few won) with the retention rate (too many lost).
  fr: >-
    Comparer les nouveaux clients (trop peu gagnés) au taux de fidélisation (trop de perdus).
unit: percent
numerator: active_customers
denominator: active_customers_before
good: up
windows: [mtd, qtd, ytd, last_365d]
headline: ytd
dimensions: [region]
theme: customers
audience: [executive, sales]
*/
