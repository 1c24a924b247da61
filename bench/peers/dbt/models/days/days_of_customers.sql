select o.ordered_on as day, o.customer_id, coalesce(c.region, '(unknown)') as region,
  coalesce(c.industry, '(unknown)') as industry, c.account_opened_on, count(*) as orders
from {{ source('lake', 'orders') }} o
left join {{ source('lake', 'customers') }} c on c.customer_id = o.customer_id
where o.status <> 'cancelled' and o.kind = 'order' and o.customer_id is not null and {{ wanted('o.ordered_on') }}
group by all
