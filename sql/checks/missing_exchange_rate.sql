/*
names: { en: Missing exchange rate, fr: Taux de change manquant }
describes: >-
  Amounts in a foreign currency for which there is no rate of their day or of the 7 days before. They count in no
  figure, so what is computed from them is incomplete.
means:
  en: some amounts could not be converted for want of an exchange rate
  fr: des montants n’ont pas pu être convertis, faute de taux de change
severity: error
message: "{table} has {missing_rows row} in {currency} without an exchange rate ({first_on} to {last_on})."
hint: "Deliver the rates of {currency} for these days to the table exchange_rates; a rate holds for 7 days."
for_each: money
history: 800
reads: { exchange_rates: }
*/
SELECT
  a.currency,
  sum(a.row_count) AS missing_rows,
  min(a.valued_on) AS first_on,
  max(a.valued_on) AS last_on,
  min(a.sample_key) AS sample_first
FROM (
  SELECT m.currency, m.valued_on, count(*) AS row_count, min(m.row_key) AS sample_key
  FROM money_rows AS m
  CROSS JOIN run AS r
  WHERE m.currency <> r.currency AND m.valued_on <= r.as_of
  GROUP BY m.currency, m.valued_on
) AS a
LEFT JOIN exchange_rates AS x
  ON x.currency = a.currency AND x.rated_on BETWEEN a.valued_on - INTERVAL '7' DAY AND a.valued_on
WHERE x.rate IS NULL
GROUP BY a.currency
