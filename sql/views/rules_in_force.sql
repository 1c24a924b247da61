/*
describes: >-
  What a lead gets points for: the company's own rules of a criterion, or, where it has none, these: together 100 points. A region or an
  industry counts where the company has customers in it. Columns: criterion, word, at_least, at_most, points.
*/
SELECT criterion, word, at_least, at_most, points
FROM scoring_rules
UNION ALL
SELECT d.criterion, d.word, d.at_least, d.at_most, d.points
FROM (
  SELECT criterion, word, at_least, at_most, points
  FROM (VALUES
    ('employee_count', NULL, 250, NULL, 15),
    ('employee_count', NULL, 50, NULL, 10),
    ('employee_count', NULL, 10, NULL, 5),
    ('yearly_potential', NULL, 50000, NULL, 15),
    ('yearly_potential', NULL, 10000, NULL, 10),
    ('yearly_potential', NULL, 1000, NULL, 5),
    ('buys_within_days', NULL, NULL, 30, 15),
    ('buys_within_days', NULL, NULL, 90, 10),
    ('buys_within_days', NULL, NULL, 180, 5),
    ('contact_seniority', 'executive', NULL, NULL, 10),
    ('contact_seniority', 'manager', NULL, NULL, 6),
    ('contact_seniority', 'staff', NULL, NULL, 2),
    ('engagement_count', NULL, 10, NULL, 20),
    ('engagement_count', NULL, 5, NULL, 12),
    ('engagement_count', NULL, 1, NULL, 5)
  ) AS v (criterion, word, at_least, at_most, points)
  UNION ALL
  SELECT DISTINCT 'region' AS criterion, region AS word, CAST(NULL AS integer) AS at_least, CAST(NULL AS integer) AS at_most, 10 AS points
  FROM customers
  WHERE region IS NOT NULL
  UNION ALL
  SELECT DISTINCT 'industry' AS criterion, industry AS word, CAST(NULL AS integer) AS at_least, CAST(NULL AS integer) AS at_most, 15 AS points
  FROM customers
  WHERE industry IS NOT NULL
) d
LEFT JOIN (SELECT DISTINCT criterion FROM scoring_rules) own ON own.criterion = d.criterion
WHERE own.criterion IS NULL
