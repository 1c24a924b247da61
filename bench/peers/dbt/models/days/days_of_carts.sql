with settled as (
  select settles_on as day, cart_id, coalesce(device, '(unknown)') as device, coalesce(channel, '(unknown)') as channel,
    coalesce(region, '(unknown)') as region, (ordered_at is null or ordered_at > settles_at)::int as abandoned
  from {{ source('lake', 'carts') }}
  where item_count >= 1 and {{ wanted('settles_on') }}
),
held as (
  select distinct s.day, s.cart_id, s.abandoned, m.dimension, m.member
  from settled s
  left join {{ source('lake', 'cart_lines') }} l on l.cart_id = s.cart_id and {{ wanted('l.settles_on') }}
  left join {{ source('lake', 'products') }} p on p.product_id = l.product_id
  cross join lateral (values ('category', coalesce(p.category, '(unknown)')), ('brand', coalesce(p.brand, '(unknown)'))) as m (dimension, member)
)
select day, {{ member_of(['device', 'channel', 'region']) }}, sum(abandoned) as abandoned, count(*) as carts
from settled
group by grouping sets ((day), (day, device), (day, channel), (day, region))
union all
select day, dimension, member, sum(abandoned), count(*) from held group by all
