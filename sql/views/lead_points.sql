/*
describes: >-
  The points of each lead, criterion by criterion: null where nothing is known of it. Together they are 100: size 15, region 10 (one where
  the company has customers), industry 15 (likewise), yearly potential 15, imminence 15, seniority of the contact 10, engagement 20. To
  score otherwise, write this view in your own folder. Columns: lead_id, created_on, closed_on (null while it is open), size_points,
  region_points, industry_points, potential_points, timing_points, contact_points, engagement_points, bant_count (of the four
  criteria; null where none is known).
reads:
  leads: { history: all }
*/
SELECT
  l.lead_id,
  l.created_on,
  CASE l.status WHEN 'won' THEN l.won_on WHEN 'lost' THEN l.lost_on END AS closed_on,
  CASE WHEN l.employee_count >= 250 THEN 15 WHEN l.employee_count >= 50 THEN 10 WHEN l.employee_count >= 10 THEN 5 WHEN l.employee_count >= 0 THEN 0 END AS size_points,
  CASE WHEN l.region IS NULL OR k.regions = 0 THEN NULL WHEN r.region IS NULL THEN 0 ELSE 10 END AS region_points,
  CASE WHEN l.industry IS NULL OR k.industries = 0 THEN NULL WHEN i.industry IS NULL THEN 0 ELSE 15 END AS industry_points,
  CASE WHEN l.yearly_potential >= 50000 THEN 15 WHEN l.yearly_potential >= 10000 THEN 10 WHEN l.yearly_potential >= 1000 THEN 5 WHEN l.yearly_potential IS NOT NULL THEN 0 END AS potential_points,
  CASE WHEN l.buys_within_days <= 30 THEN 15 WHEN l.buys_within_days <= 90 THEN 10 WHEN l.buys_within_days <= 180 THEN 5 WHEN l.buys_within_days IS NOT NULL THEN 0 END AS timing_points,
  CASE l.contact_seniority WHEN 'executive' THEN 10 WHEN 'manager' THEN 6 WHEN 'staff' THEN 2 END AS contact_points,
  CASE WHEN l.engagement_count >= 10 THEN 20 WHEN l.engagement_count >= 5 THEN 12 WHEN l.engagement_count >= 1 THEN 5 WHEN l.engagement_count = 0 THEN 0 END AS engagement_points,
  CASE
    WHEN coalesce(l.has_budget, l.has_authority, l.has_need, l.has_timing) IS NOT NULL
      THEN CASE WHEN l.has_budget THEN 1 ELSE 0 END
        + CASE WHEN l.has_authority THEN 1 ELSE 0 END
        + CASE WHEN l.has_need THEN 1 ELSE 0 END
        + CASE WHEN l.has_timing THEN 1 ELSE 0 END
  END AS bant_count
FROM leads l
CROSS JOIN (SELECT count(region) AS regions, count(industry) AS industries FROM customers) k
LEFT JOIN (SELECT DISTINCT region FROM customers) r ON r.region = l.region
LEFT JOIN (SELECT DISTINCT industry FROM customers) i ON i.industry = l.industry
-- Closed on a day that nobody knows, it cannot be told when it stopped being open.
WHERE l.status = 'open' OR (l.status = 'won' AND l.won_on IS NOT NULL) OR (l.status = 'lost' AND l.lost_on IS NOT NULL)
