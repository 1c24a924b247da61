/*
names:
  en: Marketing share of revenue
  fr: Part du marketing dans le chiffre d’affaires
describes:
  en: >-
    Cost of marketing (media and other; not sales) out of net revenue. By channel: the cost of the channel out of the
    whole net revenue, since revenue does not belong to a marketing channel.
  fr: >-
    Coût du marketing (médias et autres, hors vente) rapporté au chiffre d’affaires net. Par canal : coût du canal
    rapporté à tout le chiffre d’affaires net, qui n’appartient à aucun canal marketing.
advice:
  en: >-
    Compare with the target; neither direction is good in itself. Early in the year a yearly cost weighs heavily.
  fr: >-
    Comparer à l’objectif ; aucun sens n’est bon en soi. En début d’exercice, un coût annuel pèse lourd.
unit: percent
numerator: marketing_cost
denominator: whole revenue
good: neither
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: ytd
dimensions: [marketing_channel]
benchmark: { value: 0.114, source: 'Eight B2B marketing KPIs (study M7): mean marketing budget of B2B companies' }
theme: channels
audience: [executive, finance, marketing]
*/
