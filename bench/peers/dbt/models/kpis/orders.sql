select as_of, period, comparison, dimension, member, orders as numerator, null as denominator
from ({{ in_windows('days_of_orders', ['orders'], ['channel', 'region', 'industry']) }})
