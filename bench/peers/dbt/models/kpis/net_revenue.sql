{# Of customers and products the fifty largest of the year; the others as one. #}
with ranked as (
  select dimension, member
  from {{ ref('days_of_sales') }}
  where dimension in ('customer', 'product') and day between (select min(starts_on) from {{ ref('periods') }} where comparison = 'current') and date '{{ var("as_of") }}'
  group by dimension, member
  qualify row_number() over (partition by dimension order by sum(revenue) desc, member) <= 50
),
largest as (
  select d.* from {{ ref('days_of_sales') }} d semi join ranked r on r.dimension = d.dimension and r.member = d.member
),
whole as (
  {{ in_windows('days_of_sales', ['revenue', 'lines'], ['channel', 'region', 'industry', 'category', 'brand']) }}
),
tops as (
  select p.as_of, p.period, p.comparison, d.dimension, d.member, sum(d.revenue) as revenue, sum(d.lines) as lines
  from {{ ref('periods') }} p
  join largest d on d.day between p.starts_on and p.ends_on
  group by all
),
others as (
  select w.as_of, w.period, w.comparison, k.dimension, '(other)' as member,
    w.revenue - coalesce(sum(t.revenue), 0) as revenue, w.lines - coalesce(sum(t.lines), 0) as lines
  from whole w
  cross join (values ('customer'), ('product')) as k (dimension)
  left join tops t on t.as_of = w.as_of and t.period = w.period and t.comparison = w.comparison and t.dimension = k.dimension
  where w.dimension = 'total'
  group by w.as_of, w.period, w.comparison, k.dimension, w.revenue, w.lines
)
select as_of, period, comparison, dimension, member, revenue as numerator, null as denominator
from (from whole union all from tops union all from others)
where lines > 0
