select as_of, period, comparison, dimension, member, units as numerator,
  case when dimension = 'category' then a.orders else o.orders end as denominator
from ({{ in_windows('days_of_sales', ['units'], ['channel', 'category']) }}) s
left join ({{ in_windows('days_of_orders', ['orders'], ['channel']) }}) o using (as_of, period, comparison, dimension, member)
left join ({{ in_windows('days_of_articles', ['orders'], ['category']) }}) a using (as_of, period, comparison, dimension, member)
where period <> 'day' and units is not null
