select as_of, period, comparison, dimension, member, orders as numerator, customers as denominator
from {{ ref('customers_in_windows') }}
