/*
describes: >-
  What became of mails: by campaign and day, as mail tools tell it, and mail by mail, of which the events are told. A mail is sent
  once it was sent, delivered or came back; delivered unless it came back. Columns: day, campaign, sent_count, bounce_count,
  delivered_count, unique_open_count, unique_click_count (null: not told).
reads:
  email_sends: { optional: true }
  mail_events: { optional: true }
*/
SELECT
  sent_on AS day,
  coalesce(campaign_name, campaign_id) AS campaign,
  sent_count,
  bounce_count,
  coalesce(delivered_count, sent_count - bounce_count) AS delivered_count,
  unique_open_count,
  unique_click_count
FROM email_sends
UNION ALL
SELECT
  day,
  campaign,
  1 AS sent_count,
  bounced AS bounce_count,
  1 - bounced AS delivered_count,
  CASE WHEN tracked THEN opened END AS unique_open_count,
  CASE WHEN tracked THEN clicked END AS unique_click_count
FROM (
  SELECT
    max(sent_on) AS day,
    max(coalesce(campaign_name, campaign_id)) AS campaign,
    max(CASE WHEN tracked THEN 1 ELSE 0 END) = 1 AS tracked,
    max(CASE WHEN kind IN ('sent', 'delivered', 'bounced') THEN 1 ELSE 0 END) AS sent,
    max(CASE WHEN kind = 'bounced' THEN 1 ELSE 0 END) AS bounced,
    max(CASE WHEN kind = 'opened' THEN 1 ELSE 0 END) AS opened,
    max(CASE WHEN kind = 'clicked' THEN 1 ELSE 0 END) AS clicked
  FROM mail_events
  GROUP BY mail_id
) mails
WHERE sent = 1
