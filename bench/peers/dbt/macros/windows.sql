{# The days to look at: all up to the as-of date, or that day alone where the model keeps the days before. #}
{% macro wanted(column) -%}
{{ column }} {% if is_incremental() %}={% else %}<={% endif %} date '{{ var("as_of") }}'
{%- endmacro %}

{# What a day's rows come to in each window. #}
{% macro in_windows(days, sums, dimensions) -%}
select
  p.as_of, p.period, p.comparison, d.dimension, d.member,
  {% for name in sums %}sum(d.{{ name }}) as {{ name }}{{ ", " if not loop.last }}{% endfor %}
from {{ ref('periods') }} p
join {{ ref(days) }} d on d.day between p.starts_on and p.ends_on
where d.dimension in ('total'{% for name in dimensions %}, '{{ name }}'{% endfor %})
group by all
{%- endmacro %}

{# Which dimension a row of grouping sets is of, and its member; of a set nothing is grouped by, the total. #}
{% macro member_of(dimensions) -%}
case {% for name in dimensions %}when grouping({{ name }}) = 0 then '{{ name }}' {% endfor %}else 'total' end as dimension,
  case {% for name in dimensions %}when grouping({{ name }}) = 0 then {{ name }} {% endfor %}else '' end as member
{%- endmacro %}
