/*
describes: >-
  Answers to surveys: of whether one would recommend the company, on a scale of 0 to 10, and of whether one is satisfied.
values:
  recommendation_answers: sum known recommendation
  promoters: sum promoter
  detractors: sum detractor
  satisfaction_answers: sum known satisfaction
  satisfied_answers: sum satisfied
*/
SELECT
  a.answered_on AS day,
  coalesce(a.region, c.region) AS region,
  CASE WHEN a.kind = 'recommendation' THEN 1 END AS recommendation,
  CASE WHEN a.kind = 'recommendation' AND a.score >= 9 THEN 1 ELSE 0 END AS promoter,
  CASE WHEN a.kind = 'recommendation' AND a.score <= 6 THEN 1 ELSE 0 END AS detractor,
  CASE WHEN a.kind = 'satisfaction' THEN 1 END AS satisfaction,
  CASE
    WHEN a.kind = 'satisfaction' AND a.satisfied_from IS NOT NULL AND a.score >= a.satisfied_from THEN 1
    WHEN a.kind = 'satisfaction' AND a.satisfied_from IS NULL AND 5 * a.score >= 4 * coalesce(a.best_score, 10) THEN 1
    ELSE 0
  END AS satisfied
FROM survey_answers a
LEFT JOIN customers c ON c.customer_id = a.customer_id
