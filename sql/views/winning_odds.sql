/*
describes: >-
  The deals that were open on a day of a month or quarter, by stage and age in it, and how often such deals were won by its end: of the
  deals that stood there in the twelve before, when as many days were left, those won by the end, in number, and in amount (large deals are
  won less often than small ones). Months at the same place of a quarter, and the same quarters of a year, count four times, since sales close
  by the quarter. A stage and age of few deals lean on the whole stage, and that on all stages, with the weight of 5 deals. Columns: months,
  days_left, place (as in running_windows), stage_id (null before the first known stage), from_age, trials, wins, odds (of a deal), amount_odds
  (of its amount; both 0 on the last day, null where no trial is known at all), open_deals, open_amount (of those with an amount), unvalued_deals.
*/
SELECT
  *,
  CASE WHEN days_left = 0 THEN 0 ELSE CAST(wins + 5 * stage_odds AS double) / NULLIF(trials + 5, 0) END AS odds,
  CASE WHEN days_left = 0 THEN 0
    ELSE CAST(won_amount + 5 * deal_amount * stage_amount_odds AS double) / NULLIF(trial_amount + 5 * deal_amount, 0)
  END AS amount_odds
FROM (
  SELECT
    *,
    CAST(sum(wins) OVER (PARTITION BY months, days_left, place, stage_id) + 5 * all_odds AS double)
      / NULLIF(sum(trials) OVER (PARTITION BY months, days_left, place, stage_id) + 5, 0) AS stage_odds,
    CAST(sum(won_amount) OVER (PARTITION BY months, days_left, place, stage_id) + 5 * deal_amount * all_amount_odds AS double)
      / NULLIF(sum(trial_amount) OVER (PARTITION BY months, days_left, place, stage_id) + 5 * deal_amount, 0) AS stage_amount_odds
  FROM (
    SELECT
      *,
      CAST(sum(wins) OVER (PARTITION BY months, days_left, place) AS double)
        / NULLIF(sum(trials) OVER (PARTITION BY months, days_left, place), 0) AS all_odds,
      CAST(sum(won_amount) OVER (PARTITION BY months, days_left, place) AS double)
        / NULLIF(sum(trial_amount) OVER (PARTITION BY months, days_left, place), 0) AS all_amount_odds,
      CAST(sum(trial_amount) OVER (PARTITION BY months, days_left, place) AS double)
        / NULLIF(sum(valued_trials) OVER (PARTITION BY months, days_left, place), 0) AS deal_amount
    FROM (
      SELECT
        s.months,
        s.days_left,
        s.place + k.later * s.months AS place,
        s.stage_id,
        s.from_age,
        sum(CASE WHEN s.is_known THEN k.weight * s.deals ELSE 0 END) AS trials,
        sum(CASE WHEN s.is_known THEN k.weight * s.won_deals ELSE 0 END) AS wins,
        sum(CASE WHEN s.is_known THEN k.weight * (s.deals - s.unvalued_deals) ELSE 0 END) AS valued_trials,
        sum(CASE WHEN s.is_known THEN k.weight * s.amount ELSE 0 END) AS trial_amount,
        sum(CASE WHEN s.is_known THEN k.weight * s.won_amount ELSE 0 END) AS won_amount,
        sum(CASE WHEN k.later = 0 THEN s.deals ELSE 0 END) AS open_deals,
        sum(CASE WHEN k.later = 0 THEN s.amount ELSE 0 END) AS open_amount,
        sum(CASE WHEN k.later = 0 THEN s.unvalued_deals ELSE 0 END) AS unvalued_deals
      FROM (
        SELECT
          months,
          days_left,
          place,
          is_known,
          stage_id,
          from_age,
          count(*) AS deals,
          sum(CASE WHEN won_on <= closes_on THEN 1 ELSE 0 END) AS won_deals,
          coalesce(sum(amount), 0) AS amount,
          coalesce(sum(CASE WHEN won_on <= closes_on THEN amount END), 0) AS won_amount,
          sum(CASE WHEN amount IS NULL THEN 1 ELSE 0 END) AS unvalued_deals
        FROM (
          SELECT
            w.months,
            w.days_left,
            w.place,
            w.is_known,
            w.closes_on,
            s.stage_id,
            s.won_on,
            CASE
              WHEN date_diff('day', s.since_on, w.seen_on) < 2 THEN 0
              WHEN date_diff('day', s.since_on, w.seen_on) < 4 THEN 2
              WHEN date_diff('day', s.since_on, w.seen_on) < 7 THEN 4
              WHEN date_diff('day', s.since_on, w.seen_on) < 10 THEN 7
              WHEN date_diff('day', s.since_on, w.seen_on) < 14 THEN 10
              WHEN date_diff('day', s.since_on, w.seen_on) < 20 THEN 14
              WHEN date_diff('day', s.since_on, w.seen_on) < 28 THEN 20
              WHEN date_diff('day', s.since_on, w.seen_on) < 40 THEN 28
              WHEN date_diff('day', s.since_on, w.seen_on) < 56 THEN 40
              WHEN date_diff('day', s.since_on, w.seen_on) < 80 THEN 56
              WHEN date_diff('day', s.since_on, w.seen_on) < 120 THEN 80
              ELSE 120
            END AS from_age,
            CASE WHEN v.deal_id IS NULL THEN s.amount ELSE v.amount END AS amount
          FROM running_windows w
          JOIN deal_stays s ON s.from_on <= w.seen_on AND (s.until_on IS NULL OR s.until_on > w.seen_on)
          LEFT JOIN deal_values v ON v.deal_id = s.deal_id AND v.from_on <= w.seen_on AND v.until_on > w.seen_on
        ) standing
        GROUP BY months, days_left, place, is_known, stage_id, from_age
      ) s
      JOIN (
        VALUES
          (0, 1, 0), (1, 1, 1), (2, 1, 1), (3, 1, 4), (4, 1, 1), (5, 1, 1), (6, 1, 4), (7, 1, 1), (8, 1, 1), (9, 1, 4), (10, 1, 1), (11, 1, 1), (12, 1, 4),
          (0, 3, 0), (1, 3, 1), (2, 3, 1), (3, 3, 1), (4, 3, 4), (5, 3, 1), (6, 3, 1), (7, 3, 1), (8, 3, 4), (9, 3, 1), (10, 3, 1), (11, 3, 1), (12, 3, 4)
      ) AS k (later, months, weight) ON k.months = s.months
      GROUP BY s.months, s.days_left, s.place + k.later * s.months, s.stage_id, s.from_age
    ) g
  ) h
) k
