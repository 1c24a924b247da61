/*
describes: >-
  What people agree to as it stands: of each person and purpose the newest statement, where that grants. Of statements of one instant that
  which takes back counts. Columns: person, purpose, customer_id, email_hash, google_email_hash.
*/
SELECT person, purpose, customer_id, email_hash, google_email_hash
FROM (
  SELECT
    person,
    purpose,
    customer_id,
    email_hash,
    google_email_hash,
    granted,
    row_number() OVER (PARTITION BY person, purpose ORDER BY said_at DESC, CASE WHEN granted THEN 1 ELSE 0 END) AS place
  FROM consents
) said
WHERE place = 1 AND granted
