/*
describes: Users of the CRM on each day on which they have a licence.
values:
  licensed_users: distinct user_id
*/
SELECT d.day, u.user_id
FROM window_days d
JOIN crm_users u
  ON (u.licensed_from IS NULL OR u.licensed_from <= d.day) AND (u.licensed_until IS NULL OR u.licensed_until >= d.day)
