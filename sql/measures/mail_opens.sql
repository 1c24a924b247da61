/*
describes: Opens of mails by the client in which they were opened, of sends whose opens are known by client.
values:
  device_opens: sum known opens
*/
SELECT
  s.sent_on AS day,
  c.client,
  CASE c.client WHEN 'mobile' THEN s.mobile_open_count WHEN 'desktop' THEN s.desktop_open_count ELSE s.webmail_open_count END AS opens
FROM email_sends s
CROSS JOIN (VALUES ('mobile'), ('desktop'), ('webmail')) AS c (client)
WHERE s.mobile_open_count IS NOT NULL
