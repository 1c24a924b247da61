/*
names:
  en: E-mail click rate
  fr: Taux de clic des e-mails
describes:
  en: >-
    Recipients who clicked a link, each once, out of the mails delivered, by the day of sending.
  fr: >-
    Destinataires ayant cliqué sur un lien, comptés une fois, rapportés aux e-mails délivrés, au jour de l’envoi.
advice:
  en: >-
    One campaign: click its links yourself, for a broken one looks like lost interest. All: the offer, the landing pages, the
    list.
  fr: >-
    Une campagne : cliquer soi-même sur ses liens, car un lien cassé ressemble à un désintérêt. Toutes : l’offre, les pages
    d’arrivée, la liste.
unit: percent
numerator: sum unique_click_count
denominator: sum delivered_count
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [campaign]
benchmark: { value: 0.0342, source: 'Eight B2B marketing KPIs (study M5): mean click rate of B2B mails' }
theme: channels
audience: [marketing]
*/
-- Where either is not known, neither counts.
SELECT day, campaign, unique_click_count, delivered_count
FROM mailings
WHERE unique_click_count IS NOT NULL AND delivered_count IS NOT NULL
