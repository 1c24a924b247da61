/*
names:
  en: Revenue by marketing channel
  fr: Chiffre d’affaires par canal marketing
describes:
  en: >-
    Net revenue of the orders that a marketing channel last touched, in the 90 days before the order, out of net revenue. In total: of
    the orders whose channel is known.
  fr: >-
    Chiffre d’affaires net des commandes dont un canal marketing a été le dernier contact, dans les 90 jours précédents,
    rapporté au chiffre d’affaires net. Au total : des commandes dont le canal est connu.
advice:
  en: >-
    Set each channel's share of cost beside its share of revenue. A total that falls means touchpoints are no longer recorded.
  fr: >-
    Comparer la part de chaque canal dans les coûts à sa part du chiffre d’affaires. Un total qui baisse : les contacts ne
    sont plus enregistrés.
unit: percent
numerator: attributed_revenue
denominator: whole revenue
good: neither
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [marketing_channel]
theme: channels
audience: [executive, marketing]
*/
