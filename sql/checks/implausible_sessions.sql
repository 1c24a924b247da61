/*
names: { en: Implausible sessions, fr: Sessions invraisemblables }
describes: Rows of sessions that count below zero, or more bounces or orders than sessions.
means: { en: some visits cannot be right, fr: des visites sont invraisemblables }
severity: warning
message: "sessions has {row_count row} with a count below zero, or with more bounces or orders than sessions."
hint: "Look whether the columns of the feed are mapped to the right fields."
about: sessions
reads: { sessions: { history: 28 } }
*/
SELECT count(*) AS row_count, min(session_id) AS sample_first, max(session_id) AS sample_last
FROM sessions
WHERE
  session_count < 0
  OR ordering_session_count < 0
  OR bounced_session_count < 0
  OR ordering_session_count > session_count
  OR bounced_session_count > session_count
HAVING count(*) > 0
