/*
describes: >-
  The score of each lead on 100: its points out of those that the criteria known of it could give. A lead of which nothing is known has no
  score, nor one that was closed on a day nobody knows. One that a deal made a customer is open no more, unless the lead was
  won itself and opened again. Columns: lead_id, created_on, closed_on (null while it is open), score, band (hot from 70 on,
  warm from 40 on, else cold), bant (how many of the four criteria are met, as text).
reads:
  leads: { history: all }
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
    l.lead_id,
    l.created_on,
    CASE
      WHEN l.status = 'won' THEN l.won_on
      WHEN l.status = 'lost' THEN l.lost_on
      WHEN l.won_on IS NULL THEN w.won_on
    END AS closed_on,
    CAST(round(CAST(100 * p.points AS double) / NULLIF(p.most_points, 0)) AS integer) AS score,
    CASE
      WHEN coalesce(l.has_budget, l.has_authority, l.has_need, l.has_timing) IS NOT NULL
        THEN CASE WHEN l.has_budget THEN 1 ELSE 0 END
          + CASE WHEN l.has_authority THEN 1 ELSE 0 END
          + CASE WHEN l.has_need THEN 1 ELSE 0 END
          + CASE WHEN l.has_timing THEN 1 ELSE 0 END
    END AS bant_count
  FROM leads l
  JOIN (SELECT lead_id, sum(points) AS points, sum(most_points) AS most_points FROM lead_points GROUP BY lead_id) p
    ON p.lead_id = l.lead_id
  LEFT JOIN won_leads w ON w.lead_id = l.lead_id
  WHERE l.status = 'open' OR (l.status = 'won' AND l.won_on IS NOT NULL) OR (l.status = 'lost' AND l.lost_on IS NOT NULL)
) scored
WHERE score IS NOT NULL
