/*
names:
  en: E-mail open rate
  fr: Taux d’ouverture des e-mails
describes:
  en: >-
    Recipients who opened a mail, each once, out of the mails delivered, by the day of sending. Opens by machines are left out
    where the vendor tells them apart; where it does not, some are left in.
  fr: >-
    Destinataires ayant ouvert un e-mail, comptés une fois, rapportés aux e-mails délivrés, au jour de l’envoi. Les ouvertures par
    des machines sont écartées quand l’outil les distingue ; sinon, il en reste.
advice:
  en: >-
    Compare with the click rate, which machines inflate less. One campaign: its subject, its list. All at once: a change of the
    tool or of a mail provider's proxy.
  fr: >-
    Comparer au taux de clic, que les machines gonflent moins. Une campagne : son objet, sa liste. Toutes à la fois : un
    changement de l’outil ou du relais d’un fournisseur.
unit: percent
numerator: sum unique_open_count
denominator: sum delivered_count
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [campaign]
benchmark: { value: 0.2132, source: 'Eight B2B marketing KPIs (study M5): mean open rate of B2B mails' }
theme: channels
audience: [marketing]
*/
-- Where either is not known, neither counts.
SELECT day, campaign, unique_open_count, delivered_count
FROM mailings
WHERE unique_open_count IS NOT NULL AND delivered_count IS NOT NULL
