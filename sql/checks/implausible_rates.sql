/*
names: { en: Implausible exchange rates, fr: Taux de change invraisemblables }
describes: >-
  Rates of zero or below, or more than five times the one before or less than a fifth of it: an inverted rate, or a
  decimal comma read as a thousands separator. Every amount of the currency would be wrong.
means:
  en: some exchange rates cannot be right, and amounts are converted with them
  fr: des taux de change invraisemblables faussent les montants convertis
severity: error
message: "The rate of {currency} is {rate} on {rated_on}, {rate_before:nothing} before."
hint: "A rate says what one unit of the foreign currency is worth in the reporting currency. Correct it and deliver the day again."
about: exchange_rates
reads: { exchange_rates: { history: 35 } }
*/
SELECT currency, rated_on, rate, rate_before
FROM (
  SELECT currency, rated_on, rate, lag(rate) OVER (PARTITION BY currency ORDER BY rated_on) AS rate_before
  FROM exchange_rates
) AS r
WHERE rate <= 0 OR rate > 5 * rate_before OR 5 * rate < rate_before
