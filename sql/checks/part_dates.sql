/*
names: { en: Lines dated as their document, fr: Lignes datées comme leur document }
describes: >-
  Rows that are a part of another (lines of an order, items of a cart) and carry another business date than it does.
  Lines are cut by their own date and orders by theirs, so that revenue falls between: an order counts in one month and
  its amount in another, or in none.
means: { en: some rows bear another date than what they are a part of, fr: des lignes portent une autre date que l’ensemble dont elles font partie }
severity: error
message: "{table} has {row_count row} ({amount} {currency}) whose {column} is not that of {referred}: {sample_date} against {whole_date} on {sample_first}, for instance."
hint: "Leave `{column}` out of the mapping of {table}: it then comes from {referred}. What was mapped is probably the date of a delivery, an invoice, or of the line's own creation (SAP: of VBAP's dates none, but VBAK-AUDAT on {referred})."
for_each: part
history: 800
*/
SELECT
  source,
  currency,
  count(*) AS row_count,
  sum(amount) AS amount,
  min(row_key) AS sample_first,
  min_by(own_date, row_key) AS sample_date,
  min_by(whole_date, row_key) AS whole_date
FROM part_rows
WHERE own_date <> whole_date
GROUP BY source, currency
