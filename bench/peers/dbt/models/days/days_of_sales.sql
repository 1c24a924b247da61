{# Revenue and units by day and member: first by the keys, then by what is known of customers and products. #}
with lines as (
  select
    o.ordered_on as day, o.channel, o.customer_id, l.product_id, l.quantity,
    case when o.booking_programme is null then 'ordinary' else 'booking' end as booking,
    case when l.currency = 'EUR' then l.net_amount else cast(cast(l.net_amount as decimal(28, 6)) * r.rate as decimal(18, 6)) end as amount
  from {{ source('lake', 'order_lines') }} l
  join {{ source('lake', 'orders') }} o on o.order_id = l.order_id
  left join {{ source('lake', 'exchange_rates') }} r on r.currency = l.currency and r.rated_on = l.ordered_on
  where o.status <> 'cancelled' and {{ wanted('o.ordered_on') }} and {{ wanted('l.ordered_on') }}
),
by_customer as (
  select day, customer_id, channel, booking, sum(amount) as revenue,
    sum(quantity) filter (product_id is not null) as units, count(*) as lines
  from lines group by all
),
named as (
  select s.*, coalesce(s.customer_id, '(unknown)') as customer,
    coalesce(c.region, '(unknown)') as region, coalesce(c.industry, '(unknown)') as industry
  from by_customer s left join {{ source('lake', 'customers') }} c on c.customer_id = s.customer_id
),
by_product as (
  select day, product_id, sum(amount) as revenue, sum(quantity) filter (product_id is not null) as units, count(*) as lines
  from lines group by all
),
catalogued as (
  select s.*, coalesce(s.product_id, '(unknown)') as product,
    coalesce(p.category, '(unknown)') as category, coalesce(p.brand, '(unknown)') as brand
  from by_product s left join {{ source('lake', 'products') }} p on p.product_id = s.product_id
)
select day, {{ member_of(['channel', 'booking', 'region', 'industry', 'customer']) }},
  sum(revenue) as revenue, sum(units) as units, sum(revenue) filter (customer_id is not null) as customer_revenue, sum(lines) as lines
from named
group by grouping sets ((day), (day, channel), (day, booking), (day, region), (day, industry), (day, customer))
union all
select day, {{ member_of(['category', 'brand', 'product']) }}, sum(revenue), sum(units), null, sum(lines)
from catalogued
group by grouping sets ((day, category), (day, brand), (day, product))
