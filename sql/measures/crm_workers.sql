/*
describes: Users who created or changed a record of the CRM, on days on which they had a licence.
values:
  active_users: distinct user_id
*/
SELECT a.active_on AS day, a.user_id
FROM crm_activity a
JOIN crm_users u ON u.user_id = a.user_id
WHERE
  a.record_count > 0
  AND (u.licensed_from IS NULL OR u.licensed_from <= a.active_on)
  AND (u.licensed_until IS NULL OR u.licensed_until >= a.active_on)
