{# Revenue by customer of the year, times how long customers stay: from the account (or first order) to the latest order. #}
with lives as (
  select p.as_of, p.period, p.comparison, d.customer_id, any_value(d.region) as region, any_value(d.industry) as industry,
    date_diff('day', least(min(d.day), min(d.account_opened_on)), max(d.day)) as days
  from {{ ref('periods') }} p
  join {{ ref('days_of_customers') }} d on d.day <= p.ends_on
  where p.period = 'last_365d'
  group by p.as_of, p.period, p.comparison, d.customer_id
),
lifespans as (
  select as_of, period, comparison, {{ member_of(['region', 'industry']) }}, count(*) as customers_ever, sum(days) as days
  from lives
  group by grouping sets ((as_of, period, comparison), (as_of, period, comparison, region), (as_of, period, comparison, industry))
),
revenue as (
  {{ in_windows('days_of_sales', ['customer_revenue'], ['region', 'industry']) }}
)
select as_of, period, comparison, dimension, member,
  cast(customer_revenue as double) * days / (365 * customers_ever) as numerator, customers as denominator
from {{ ref('customers_in_windows') }}
join lifespans using (as_of, period, comparison, dimension, member)
join revenue using (as_of, period, comparison, dimension, member)
where customer_revenue is not null
