/*
describes: >-
  Leads with the day on which each first became a customer: its own, or that of the first of its deals to be won, for a CRM may keep
  that with the deal alone. Empty as long as no lead ever became one: then nobody says it, which is not that it never happens.
  Columns: lead_id, created_on, channel, industry, won_on (null while it is none).
reads:
  leads: { history: all }
  deals: { history: all, optional: true }
*/
SELECT lead_id, created_on, channel, industry, won_on
FROM (
  SELECT
    lead_id,
    created_on,
    channel,
    industry,
    won_on,
    max(won_on) OVER () AS last_won_on
  FROM (
    SELECT
      l.lead_id,
      l.created_on,
      l.channel,
      l.industry,
      CASE WHEN l.won_on IS NULL OR d.won_on < l.won_on THEN d.won_on ELSE l.won_on END AS won_on
    FROM leads l
    LEFT JOIN (
      SELECT lead_id, min(closed_on) AS won_on
      FROM deals
      WHERE status = 'won' AND lead_id IS NOT NULL
      GROUP BY lead_id
    ) d ON d.lead_id = l.lead_id
    WHERE l.status NOT IN ('deleted', 'merged')
  ) dated
) leads_won
WHERE last_won_on IS NOT NULL
