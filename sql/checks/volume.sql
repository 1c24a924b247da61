/*
names: { en: Volume, fr: Volume }
describes: >-
  Rows of the day against the median of the same weekday in the last eight weeks: half an export, or one delivered
  twice under new numbers, shows here first. Needs four such days, and a usual day of 20 rows.
means: { en: much more or less arrived than usual, fr: le volume reçu s’écarte fortement de l’habitude }
severity: warning
message: "{table} from {source} has {day_rows row} on {expected_on}; on the same weekday there are usually {usual_rows}."
hint: "Compare the export with the source. If the day was truly unusual there is nothing to do; otherwise have it exported again and run the day again."
for_each: feed
history: 70
*/
WITH past AS (
  SELECT d.past_on, count(*) AS row_count
  FROM same_weekdays AS d
  JOIN feed_rows AS r ON r.business_date = d.past_on
  GROUP BY d.past_on
),
ranked AS (
  SELECT row_count, row_number() OVER (ORDER BY row_count, past_on) AS place, count(*) OVER () AS days
  FROM past
),
usual AS (
  -- The middle one, or the mean of the two in the middle.
  SELECT CAST(sum(row_count) AS double) / NULLIF(count(*), 0) AS usual_rows
  FROM ranked
  WHERE days >= 4 AND 2 * place BETWEEN days AND days + 2
),
this_day AS (
  SELECT f.source, f.expected_on, count(r.row_key) AS day_rows
  FROM feed AS f
  LEFT JOIN feed_rows AS r ON r.business_date = f.expected_on
  GROUP BY f.source, f.expected_on
)
SELECT t.source, t.expected_on, t.day_rows, u.usual_rows
FROM this_day AS t
CROSS JOIN usual AS u
WHERE
  u.usual_rows >= 20
  -- Nothing at all on or after the day is a matter of freshness.
  AND EXISTS (SELECT 1 FROM feed_rows AS r CROSS JOIN feed AS f WHERE r.business_date >= f.expected_on)
  AND (t.day_rows < 0.3 * u.usual_rows OR t.day_rows > 3 * u.usual_rows)
