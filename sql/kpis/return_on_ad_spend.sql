/*
names:
  en: Return on ad spend
  fr: Retour sur dépenses publicitaires
describes:
  en: >-
    Value of the conversions, as the ad platforms attribute them, for each unit of media cost. Campaign days that had
    conversions of an unreported value are left out.
  fr: >-
    Valeur des conversions, telles que les régies les attribuent, par unité de coût média. Les jours de campagne dont les
    conversions n’ont pas de valeur déclarée sont écartés.
unit: ratio
ratio: true
good: up
windows: [day, last_7d, last_28d, mtd, qtd, ytd, last_365d]
headline: last_28d
dimensions:
  platform: { en: Ad platform, fr: Régie }
  campaign: { en: Campaign, fr: Campagne }
reads:
  ad_spend:
views: [window_edges]
additive: true
audience: [executive, marketing]
runbook: docs/kpis.md#return_on_ad_spend
*/
WITH valued AS (
  SELECT
    spent_on,
    platform,
    coalesce(campaign_name, campaign_id) AS campaign,
    CASE WHEN conversions = 0 THEN coalesce(conversion_value, 0) ELSE conversion_value END AS conversion_value,
    cost
  FROM ad_spend
),
members AS (
  SELECT
    spent_on AS moved_on,
    CASE
      WHEN platform IS NOT NULL THEN 'platform'
      WHEN campaign IS NOT NULL THEN 'campaign'
    END AS dimension,
    coalesce(platform, campaign) AS member,
    count(*) AS entries,
    sum(conversion_value) AS conversion_value,
    sum(cost) AS cost
  FROM valued
  WHERE conversion_value IS NOT NULL AND cost IS NOT NULL
  GROUP BY GROUPING SETS ((spent_on), (spent_on, platform), (spent_on, campaign))
),
movements AS (
  SELECT dimension, member, moved_on, entries, conversion_value, cost
  FROM members
  UNION ALL
  SELECT m.dimension, m.member, e.edge_on AS moved_on, 0 AS entries, 0 AS conversion_value, 0 AS cost
  FROM (SELECT DISTINCT dimension, member FROM members) m
  CROSS JOIN (SELECT DISTINCT edge_on FROM window_edges) e
),
to_date AS (
  SELECT
    dimension,
    member,
    moved_on,
    sum(sum(entries)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS entries,
    sum(sum(conversion_value)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS conversion_value,
    sum(sum(cost)) OVER (PARTITION BY dimension, member ORDER BY moved_on) AS cost
  FROM movements
  GROUP BY dimension, member, moved_on
),
windows AS (
  SELECT
    e.as_of,
    e.period,
    e.comparison,
    t.dimension,
    t.member,
    sum(CASE WHEN e.opening THEN -t.entries ELSE t.entries END) AS entries,
    sum(CASE WHEN e.opening THEN -t.conversion_value ELSE t.conversion_value END) AS conversion_value,
    sum(CASE WHEN e.opening THEN -t.cost ELSE t.cost END) AS cost
  FROM window_edges e
  JOIN to_date t ON t.moved_on = e.edge_on
  GROUP BY e.as_of, e.period, e.comparison, t.dimension, t.member
)
SELECT
  as_of,
  period,
  comparison,
  dimension,
  member,
  conversion_value AS numerator,
  cost AS denominator
FROM windows
WHERE entries > 0
