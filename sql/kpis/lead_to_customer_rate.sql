/*
names:
  en: Lead to customer rate
  fr: Taux de leads devenus clients
describes:
  en: >-
    Leads won within 180 days, out of the leads created. A lead counts on the day on which its 180 days end, so that young
    leads do not weigh and a day’s figure is final. A lead is won with itself or with the first of its deals. Deleted and
    merged leads count nowhere; where nobody says which were won, there is no figure.
  fr: >-
    Leads gagnés sous 180 jours, rapportés aux leads créés. Un lead compte le jour où ses 180 jours s’achèvent : les leads
    récents ne pèsent pas et la valeur d’un jour est définitive. Un lead est gagné par lui-même ou par la première de ses
    affaires. Les leads supprimés ou fusionnés ne comptent pas ; si rien ne dit lesquels sont gagnés, pas de valeur.
advice:
  en: >-
    See first at which stage they stop (stage conversion rate), then why (reasons lost). One channel: set its cost per
    lead beside it.
  fr: >-
    Voir d’abord à quelle étape ils s’arrêtent (taux de passage), puis pourquoi (motifs de perte). Un canal : le comparer
    à son coût par lead.
unit: percent
numerator: sum won_count
denominator: sum lead_count
ripens: 180
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_365d
dimensions: [marketing_channel, industry]
benchmark: { value: 0.0064, source: 'Eight B2B marketing KPIs (study M3): leads that become customers' }
theme: funnel
audience: [executive, sales, marketing]
*/
SELECT
  CAST(created_on + INTERVAL '180' DAY AS date) AS day,
  channel,
  industry,
  CASE WHEN won_on <= created_on + INTERVAL '180' DAY THEN 1 ELSE 0 END AS won_count,
  1 AS lead_count
FROM won_leads
