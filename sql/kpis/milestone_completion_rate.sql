/*
names:
  en: Milestone completion
  fr: Jalons validés
describes:
  en: >-
    Milestones validated by the day on which a lead or deal left the stage, out of those that the stage asks for, of the stays that
    ended in the window. A stage that asks for nothing does not count.
  fr: >-
    Jalons validés au plus tard le jour où un lead ou une affaire quitte l’étape, rapportés à ceux que l’étape demande, pour
    les passages achevés dans la période. Une étape qui ne demande rien ne compte pas.
advice:
  en: >-
    One milestone: see whether it is still worth asking for, or only forgotten in the CRM. Set the stage’s conversion beside it.
  fr: >-
    Un jalon : voir s’il est encore utile, ou seulement oublié dans le CRM. Le comparer au taux de passage de l’étape.
unit: percent
numerator: sum validated_count
denominator: sum asked_count
unknown: stage_unknowns
good: up
windows: [last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [stage, milestone]
reads:
  milestone_validations: { history: all }
theme: funnel
audience: [sales]
*/
SELECT
  s.left_on AS day,
  s.stage_id,
  m.milestone_id,
  CASE WHEN v.validated_on <= s.left_on THEN 1 ELSE 0 END AS validated_count,
  1 AS asked_count
FROM stage_stays s
JOIN (
  SELECT a.milestone_id, coalesce(k.member, a.stage_id) AS stage_id
  FROM milestones a
  LEFT JOIN known_stages k ON k.stage_id = a.stage_id AND (k.crm = a.crm OR k.sources = 1)
) m ON m.stage_id = s.stage_id
LEFT JOIN milestone_validations v ON v.milestone_id = m.milestone_id AND v.kind = s.kind AND v.record_id = s.record_id
WHERE s.outcome = 'open' AND s.left_on IS NOT NULL
