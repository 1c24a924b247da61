/*
names: { en: Unique keys, fr: Clés uniques }
describes: Each key stands once in its table. The load makes it so; rows written past it do not.
means: { en: some rows stand there twice, fr: des lignes figurent en double }
severity: error
message: "{table} holds {repeated_keys key} more than once."
hint: "Somebody wrote to the lake past Vigie. Delete these rows, and {table}.json in each folder of state/loaded, so that their files are read again."
for_each: table
history: 92
*/
SELECT count(*) AS repeated_keys, min(k.row_key) AS sample_first, max(k.row_key) AS sample_last
FROM (
  SELECT row_key FROM lake_rows GROUP BY row_key HAVING count(*) > 1
) AS k
HAVING count(*) > 0
