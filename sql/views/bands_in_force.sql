/*
describes: >-
  Tiers of quantity and bands of lead time of bookings: the company's own of a kind, or, where it has none, these. Columns: kind,
  starts_at, ends_before (null for the last), name.
*/
SELECT
  b.kind,
  b.starts_at,
  lead(b.starts_at) OVER (PARTITION BY b.kind ORDER BY b.starts_at) AS ends_before,
  b.name
FROM (
  SELECT kind, starts_at, name, min(place) OVER (PARTITION BY kind) AS first_place, place
  FROM (
    SELECT kind, CAST(starts_at AS bigint) AS starts_at, name, 1 AS place
    FROM booking_bands
    UNION ALL
    SELECT kind, CAST(starts_at AS bigint) AS starts_at, name, 2 AS place
    FROM (VALUES
      ('quantity', 0, '0–9'),
      ('quantity', 10, '10–49'),
      ('quantity', 50, '50–199'),
      ('quantity', 200, '200+'),
      ('lead_days', 0, '0–29'),
      ('lead_days', 30, '30–89'),
      ('lead_days', 90, '90–179'),
      ('lead_days', 180, '180+')
    ) AS v (kind, starts_at, name)
  ) every_band
) b
WHERE b.place = b.first_place
