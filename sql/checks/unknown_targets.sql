/*
names: { en: Targets that nothing can meet, fr: Objectifs sans indicateur }
describes: >-
  Targets for a KPI or a dimension that does not exist, mostly a mistyped id: no figure is ever compared with them, and
  nobody would notice.
means: { en: some targets name no figure that exists, fr: des objectifs portent sur un indicateur ou un axe inconnu }
severity: warning
message: "{row_count target} for {kpi} by {dimension}: there is no such KPI or dimension, so no figure is compared with them."
hint: "`vigie kpis` lists the ids, `vigie kpis <id>` the dimensions; a target of the whole has dimension and member `total`. Correct the file of targets."
about: targets
reads: { targets: }
*/
SELECT
  t.kpi,
  t.dimension,
  count(*) AS row_count,
  min(t.member) AS sample_member,
  max(CAST(t.starts_on AS varchar)) AS sample_day
FROM targets AS t
LEFT JOIN kpi_dimensions AS k ON k.kpi = t.kpi AND k.dimension = t.dimension
WHERE k.kpi IS NULL
GROUP BY t.kpi, t.dimension
