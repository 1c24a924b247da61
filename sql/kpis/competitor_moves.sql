/*
names:
  en: Competitor moves
  fr: Actions des concurrents
describes:
  en: >-
    What competitors did, as recorded: prices, products, campaigns, hires.
  fr: >-
    Ce que les concurrents ont fait, tel que relevé : prix, produits, campagnes, recrutements.
advice:
  en: >-
    Read what happened (table competitor_events), then see the win rate against that competitor and the share of search traffic.
  fr: >-
    Lire ce qui s’est passé (table competitor_events), puis voir le taux de victoire face à ce concurrent et la part du trafic de
    recherche.
unit: count
numerator: sum events
good: neither
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [competitor, move_kind]
theme: competition
audience: [sales, marketing]
*/
SELECT event_on AS day, competitor, kind, 1 AS events
FROM competitor_events
