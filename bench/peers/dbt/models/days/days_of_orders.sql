with documents as (
  select o.ordered_on as day, coalesce(o.channel, '(unknown)') as channel,
    case when o.booking_programme is null then 'ordinary' else 'booking' end as booking,
    coalesce(c.region, '(unknown)') as region, coalesce(c.industry, '(unknown)') as industry,
    (o.kind = 'order')::int as orders
  from {{ source('lake', 'orders') }} o
  left join {{ source('lake', 'customers') }} c on c.customer_id = o.customer_id
  where o.status <> 'cancelled' and {{ wanted('o.ordered_on') }}
)
select day, {{ member_of(['channel', 'booking', 'region', 'industry']) }}, sum(orders) as orders
from documents
group by grouping sets ((day), (day, channel), (day, booking), (day, region), (day, industry))
