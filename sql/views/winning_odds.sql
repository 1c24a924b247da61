/*
describes: >-
  How often a deal was won by the end of a running month or quarter, by stage and age in it, and the deals that are open there: of the deals
  that stood there in the twelve before, when as many days were left, those won by the end. Months at the same place of a quarter, and the
  same quarters of a year, count four times, since sales close by the quarter. A stage and age of few deals lean on the whole stage, and
  that on all stages, with the weight of 5 deals. Columns: period, ends_on (as-of date), stage_id (null before the first known stage),
  from_age, trials, wins, odds (null where no trial is known at all), open_deals, open_amount (of those with an amount), unvalued_deals.
*/
SELECT
  *,
  CAST(wins + 5 * stage_odds AS double) / NULLIF(trials + 5, 0) AS odds
FROM (
  SELECT
    *,
    CAST(sum(wins) OVER (PARTITION BY period, ends_on, stage_id) + 5 * all_odds AS double)
      / NULLIF(sum(trials) OVER (PARTITION BY period, ends_on, stage_id) + 5, 0) AS stage_odds
  FROM (
    SELECT
      *,
      CAST(sum(wins) OVER (PARTITION BY period, ends_on) AS double)
        / NULLIF(sum(trials) OVER (PARTITION BY period, ends_on), 0) AS all_odds
    FROM (
      SELECT
        period,
        ends_on,
        stage_id,
        from_age,
        sum(trial_weight) AS trials,
        sum(CASE WHEN won_on <= closes_on THEN trial_weight ELSE 0 END) AS wins,
        sum(CASE WHEN back = 0 THEN 1 ELSE 0 END) AS open_deals,
        sum(CASE WHEN back = 0 THEN amount END) AS open_amount,
        sum(CASE WHEN back = 0 AND amount IS NULL THEN 1 ELSE 0 END) AS unvalued_deals
      FROM (
        SELECT
          w.period,
          w.ends_on,
          w.back,
          w.closes_on,
          w.trial_weight,
          s.stage_id,
          s.won_on,
          CASE
            WHEN date_diff('day', s.entered_on, w.seen_on) < 7 THEN 0
            WHEN date_diff('day', s.entered_on, w.seen_on) < 14 THEN 7
            WHEN date_diff('day', s.entered_on, w.seen_on) < 30 THEN 14
            WHEN date_diff('day', s.entered_on, w.seen_on) < 60 THEN 30
            WHEN date_diff('day', s.entered_on, w.seen_on) < 120 THEN 60
            ELSE 120
          END AS from_age,
          CASE WHEN v.deal_id IS NULL THEN s.amount ELSE v.amount END AS amount
        FROM running_windows w
        JOIN deal_stays s ON s.entered_on <= w.seen_on AND (s.left_on IS NULL OR s.left_on > w.seen_on)
        LEFT JOIN deal_values v ON w.back = 0 AND v.deal_id = s.deal_id AND v.from_on <= w.seen_on AND v.until_on > w.seen_on
      ) standing
      GROUP BY period, ends_on, stage_id, from_age
    ) g
  ) h
) k
