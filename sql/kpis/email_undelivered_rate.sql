/*
names:
  en: E-mails undelivered
  fr: E-mails non délivrés
describes:
  en: >-
    Mails that came back, for good or for a while, out of the mails sent.
  fr: >-
    E-mails revenus, définitivement ou provisoirement, rapportés aux e-mails envoyés.
advice:
  en: >-
    One campaign: an old or bought list; clean it before the next. All at once: the sender's domain is on a block list, or its DNS
    entries broke.
  fr: >-
    Une campagne : une liste ancienne ou achetée ; la nettoyer avant la suivante. Toutes à la fois : le domaine est sur liste
    noire, ou ses entrées DNS sont cassées.
unit: percent
numerator: sum bounce_count
denominator: sum sent_count
good: down
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [campaign]
benchmark: { value: 0.0913, source: 'Eight B2B marketing KPIs (study M5): mean share of B2B mails that come back' }
theme: channels
audience: [marketing]
*/
SELECT day, campaign, bounce_count, sent_count
FROM mailings
WHERE bounce_count IS NOT NULL
