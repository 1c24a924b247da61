/*
names:
  en: Target to lead rate
  fr: Taux de transformation de la cible
describes:
  en: >-
    Leads that marketing found qualified in the window, out of the people of the target that marketing reached in it. A
    channel whose reach is not known has no rate. Where sales said yes before
    any yes of marketing’s is known, both count from that one on.
  fr: >-
    Leads qualifiés par le marketing dans la période, rapportés aux personnes de la cible touchées dans la période. Un
    canal dont la portée n’est pas connue n’a pas de taux. Si la vente a dit oui
    avant tout oui connu du marketing, les deux comptent à partir de celui-ci.
advice:
  en: >-
    One channel: see whether it reaches others than the target, or says the wrong thing to it. Everywhere: what counts as
    qualified may have changed.
  fr: >-
    Un canal : voir s’il touche d’autres que la cible, ou lui parle mal. Partout : la définition d’un lead qualifié a
    peut-être changé.
unit: percent
numerator: sum qualified_count
denominator: sum people_count
good: up
windows: [last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions: [marketing_channel]
theme: funnel
audience: [executive, marketing]
*/
SELECT day, channel, qualified_count, people_count
FROM (
  SELECT day, channel, qualified_count, people_count, max(mql_kept_from) OVER () AS kept_from
  FROM (
    SELECT mql_on AS day, channel, 1 AS qualified_count, 0 AS people_count, mql_kept_from
    FROM qualified_leads
    UNION ALL
    -- Who was reached and did not become a lead counts, too: a channel without any lead has a rate of 0.
    SELECT reached_on AS day, channel, 0 AS qualified_count, people_count, CAST(NULL AS date) AS mql_kept_from
    FROM people_reached
  ) both_sides
) kept
-- While nobody kept marketing's yes, nobody knows who of those reached became a lead.
WHERE day >= kept_from
