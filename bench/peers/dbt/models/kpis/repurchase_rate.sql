select as_of, period, comparison, dimension, member, repeat_customers as numerator, customers as denominator
from {{ ref('customers_in_windows') }}
where period in ('last_28d', 'mtd', 'qtd', 'ytd', 'last_365d')
