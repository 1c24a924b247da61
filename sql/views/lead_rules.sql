/*
describes: >-
  The rules of the score, held against what is known of each lead: one row for each lead and rule of a criterion of which something is
  known. Columns: lead_id, criterion, word, amount (what is known: text or number), rule_word, at_least, at_most, points, applies.
reads:
  leads: { history: all }
*/
SELECT
  a.lead_id,
  a.criterion,
  a.word,
  a.amount,
  r.word AS rule_word,
  r.at_least,
  r.at_most,
  r.points,
  coalesce(
    CASE
      WHEN r.word IS NOT NULL THEN r.word = a.word
      ELSE (r.at_least IS NULL OR a.amount >= r.at_least) AND (r.at_most IS NULL OR a.amount <= r.at_most)
    END,
    false
  ) AS applies
FROM (
  SELECT
    l.lead_id,
    c.criterion,
    CASE c.criterion
      WHEN 'region' THEN l.region
      WHEN 'industry' THEN l.industry
      WHEN 'contact_role' THEN l.contact_role
      WHEN 'contact_seniority' THEN l.contact_seniority
    END AS word,
    CASE c.criterion
      WHEN 'employee_count' THEN CAST(l.employee_count AS decimal(18,4))
      WHEN 'yearly_potential' THEN l.yearly_potential
      WHEN 'buys_within_days' THEN CAST(l.buys_within_days AS decimal(18,4))
      WHEN 'engagement_count' THEN CAST(l.engagement_count AS decimal(18,4))
    END AS amount
  FROM leads l
  CROSS JOIN (VALUES
    ('employee_count'), ('region'), ('industry'), ('yearly_potential'), ('buys_within_days'), ('contact_role'),
    ('contact_seniority'), ('engagement_count')
  ) AS c (criterion)
) a
JOIN rules_in_force r ON r.criterion = a.criterion
WHERE a.word IS NOT NULL OR a.amount IS NOT NULL
