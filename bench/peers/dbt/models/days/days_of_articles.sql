{# Orders that hold an article, by category: an order counts once in each. #}
select o.ordered_on as day, 'category' as dimension, coalesce(p.category, '(unknown)') as member, count(distinct o.order_id) as orders
from {{ source('lake', 'order_lines') }} l
join {{ source('lake', 'orders') }} o on o.order_id = l.order_id
left join {{ source('lake', 'products') }} p on p.product_id = l.product_id
where o.status <> 'cancelled' and o.kind = 'order' and l.product_id is not null
  and {{ wanted('o.ordered_on') }} and {{ wanted('l.ordered_on') }}
group by all
