/*
describes: >-
  The score of each lead on 100: its points out of those that the criteria known of it could give. A lead of which nothing is known has no
  score. Columns: lead_id, created_on, closed_on, score, band (hot from 70 on, warm from 40 on, else cold), bant (criteria met, as text).
*/
SELECT
  lead_id,
  created_on,
  closed_on,
  score,
  CASE WHEN score >= 70 THEN 'hot' WHEN score >= 40 THEN 'warm' ELSE 'cold' END AS band,
  CAST(bant_count AS varchar) AS bant
FROM (
  SELECT
    lead_id,
    created_on,
    closed_on,
    bant_count,
    CAST(round(CAST(100 * (
      coalesce(size_points, 0) + coalesce(region_points, 0) + coalesce(industry_points, 0) + coalesce(potential_points, 0)
        + coalesce(timing_points, 0) + coalesce(contact_points, 0) + coalesce(engagement_points, 0)
    ) AS double) / NULLIF(
      CASE WHEN size_points IS NULL THEN 0 ELSE 15 END
        + CASE WHEN region_points IS NULL THEN 0 ELSE 10 END
        + CASE WHEN industry_points IS NULL THEN 0 ELSE 15 END
        + CASE WHEN potential_points IS NULL THEN 0 ELSE 15 END
        + CASE WHEN timing_points IS NULL THEN 0 ELSE 15 END
        + CASE WHEN contact_points IS NULL THEN 0 ELSE 10 END
        + CASE WHEN engagement_points IS NULL THEN 0 ELSE 20 END,
      0
    )) AS integer) AS score
  FROM lead_points
) scored
WHERE score IS NOT NULL
