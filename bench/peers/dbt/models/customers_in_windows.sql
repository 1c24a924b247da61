{{ config(materialized='table') }}
with one_each as (
  select p.as_of, p.period, p.comparison, d.customer_id, any_value(d.region) as region, any_value(d.industry) as industry, sum(d.orders) as orders
  from {{ ref('periods') }} p
  join {{ ref('days_of_customers') }} d on d.day between p.starts_on and p.ends_on
  group by p.as_of, p.period, p.comparison, d.customer_id
)
select as_of, period, comparison, {{ member_of(['region', 'industry']) }},
  count(*) as customers, sum((orders >= 2)::int) as repeat_customers, sum(orders) as orders
from one_each
group by grouping sets ((as_of, period, comparison), (as_of, period, comparison, region), (as_of, period, comparison, industry))
