/*
names:
  en: MQL to SQL rate
  fr: Taux de MQL devenus SQL
describes:
  en: >-
    Leads that sales found qualified within 30 days, out of those that marketing had. A lead counts on the day on which its
    30 days end, so that young leads do not weigh and a day’s figure is final. Straight to sales is qualified for both; of a lead
    that came before marketing’s first known yes nobody knows, and it does not count.
  fr: >-
    Leads jugés qualifiés par la vente sous 30 jours, rapportés à ceux que le marketing a qualifiés. Un lead compte le jour
    où ses 30 jours s’achèvent : les leads récents ne pèsent pas et la valeur d’un jour est définitive. Un lead passé
    directement à la vente est qualifié pour les deux ; venu avant le premier oui connu du marketing, il ne compte pas.
advice:
  en: >-
    One channel: its leads are not the right ones, whatever they cost. Everywhere: see whether sales calls back in time,
    and whether both agree on what is qualified.
  fr: >-
    Un canal : ses leads ne sont pas les bons, quel que soit leur coût. Partout : voir si la vente rappelle à temps et si
    les deux équipes s’accordent sur la qualification.
unit: percent
numerator: sum sql_count
denominator: sum mql_count
ripens: 30
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [marketing_channel, industry]
theme: funnel
audience: [executive, sales, marketing]
*/
SELECT
  CAST(mql_on + INTERVAL '30' DAY AS date) AS day,
  channel,
  industry,
  CASE WHEN sql_on <= mql_on + INTERVAL '30' DAY THEN 1 ELSE 0 END AS sql_count,
  1 AS mql_count
FROM qualified_leads
-- Nobody's yes is not no.
WHERE sql_is_kept
