{% set dimensions = ['channel', 'region', 'industry', 'booking'] %}
select as_of, period, comparison, dimension, member, revenue as numerator, orders as denominator
from ({{ in_windows('days_of_sales', ['revenue'], dimensions) }}) s
full join ({{ in_windows('days_of_orders', ['orders'], dimensions) }}) o using (as_of, period, comparison, dimension, member)
