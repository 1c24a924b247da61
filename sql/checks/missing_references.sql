/*
names: { en: Missing references, fr: Références manquantes }
describes: >-
  Rows that name an order, product or customer which no source has delivered, when they are more than 1 %. Lines
  without their order count nowhere; above 5 % the figures are called incomplete. A row that names an unknown product
  or customer counts, under "(unknown)".
means: { en: some rows name records that never arrived, fr: des lignes renvoient à des enregistrements absents }
severity: warning
message: "{missing_share} of the recent rows of {table} ({missing_rows row}) have no match in {referred} by {column}."
hint: "Usually the export of {referred} is older than that of {table}, or pads its numbers otherwise (strip_zeros). Compare the sample with both files."
for_each: reference
history: 28
*/
SELECT
  CASE WHEN g.is_part AND g.missing_share > 0.05 THEN 'error' ELSE 'warning' END AS severity,
  g.missing_rows,
  g.missing_share,
  g.sample_first,
  g.sample_last
FROM (
  SELECT
    f.is_part,
    count(*) FILTER (WHERE d.referred_key IS NULL) AS missing_rows,
    CAST(count(*) FILTER (WHERE d.referred_key IS NULL) AS double) / NULLIF(count(*), 0) AS missing_share,
    min(CASE WHEN d.referred_key IS NULL THEN r.referred_key END) AS sample_first,
    max(CASE WHEN d.referred_key IS NULL THEN r.referred_key END) AS sample_last
  FROM referring AS r
  CROSS JOIN reference AS f
  LEFT JOIN referred AS d ON d.referred_key = r.referred_key
  GROUP BY f.is_part
) AS g
WHERE
  g.missing_share > 0.01
  -- A table that was never delivered is not full of gaps: it is not there.
  AND EXISTS (SELECT 1 FROM referred)
