/*
names:
  en: Touchpoints before an order
  fr: Points de contact avant commande
describes:
  en: >-
    Touchpoints, online and offline, in the 90 days before a customer's order and since the one before it, for each order of which
    at least one is known. By kind and channel: out of all these orders.
  fr: >-
    Points de contact, en ligne et hors ligne, dans les 90 jours précédant une commande et depuis la précédente, par commande
    dont au moins un est connu. Par type et canal : rapportés à toutes ces commandes.
advice:
  en: >-
    Neither direction is good in itself. See which kind comes before orders, and keep it. A sudden fall is mostly a source that
    stopped.
  fr: >-
    Aucun sens n’est bon en soi. Voir quel type précède les commandes, et le garder. Une chute soudaine vient souvent d’une
    source arrêtée.
unit: ratio
numerator: touches
denominator: whole journeys
good: neither
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [touchpoint_kind, marketing_channel]
theme: customers
audience: [marketing]
*/
