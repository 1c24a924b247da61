/*
describes: >-
  Why a lead has its score: for each criterion of which something is known, its points, and the most that the criterion gives. Columns:
  lead_id, criterion, points, most_points.
*/
SELECT lead_id, criterion, max(CASE WHEN applies THEN points ELSE 0 END) AS points, max(points) AS most_points
FROM lead_rules
GROUP BY lead_id, criterion
