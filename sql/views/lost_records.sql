/*
describes: >-
  Leads, deals and trials that are lost, on the day they were, with the reason given. A deal or a trial of a lead is that lead, so that
  what was lost once counts once. Whatever was re-opened is not lost. Columns: record, lost_on, reason.
reads:
  leads: { history: all, optional: true }
  deals: { history: all, optional: true }
  trials: { history: all, optional: true }
*/
SELECT 'lead ' || lead_id AS record, lost_on, lost_reason AS reason
FROM leads
WHERE status = 'lost' AND lost_on IS NOT NULL
UNION ALL
SELECT coalesce('lead ' || lead_id, 'deal ' || deal_id) AS record, closed_on AS lost_on, lost_reason AS reason
FROM deals
WHERE status = 'lost' AND closed_on IS NOT NULL
UNION ALL
SELECT coalesce('lead ' || lead_id, 'trial ' || trial_id) AS record, lost_on, lost_reason AS reason
FROM trials
WHERE lost_on IS NOT NULL AND paid_on IS NULL
