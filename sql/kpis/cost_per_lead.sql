/*
names:
  en: Cost per lead
  fr: Coût par lead
describes:
  en: >-
    Cost of marketing (media and other; not sales) for each lead created in the window. By channel and campaign: what is
    booked for it, and the leads it brought. Without any known cost there is no figure.
  fr: >-
    Coût du marketing (médias et autres, hors vente) par lead créé dans la période. Par canal et campagne : le coût qui
    leur est affecté et les leads qu’ils ont amenés. Sans aucun coût connu, pas de valeur.
advice:
  en: >-
    See whether cost rose or leads fell. One campaign: pause it until its form and its target are checked. Set it beside
    the rate of leads that become customers.
  fr: >-
    Regarder si le coût a augmenté ou si les leads ont diminué. Une campagne : la suspendre le temps de vérifier
    formulaire et cible. À lire avec le taux de leads devenus clients.
unit: currency
measures: [marketing_cost, new_leads]
ratio: true
additive: true
good: down
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [marketing_channel, campaign]
theme: funnel
audience: [executive, marketing]
*/
-- Leads of a channel without cost came for nothing; where no cost at all is known, that cannot be said.
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  coalesce(marketing_cost, 0) AS numerator,
  coalesce(new_leads, 0) AS denominator
FROM (
  SELECT *, max(CASE WHEN dimension IS NULL THEN marketing_cost END) OVER (PARTITION BY as_of, period, comparison) AS whole_cost
  FROM measured
) windows
WHERE whole_cost IS NOT NULL AND (marketing_cost IS NOT NULL OR new_leads > 0)
