select as_of, period, comparison, dimension, member, abandoned as numerator, carts as denominator
from ({{ in_windows('days_of_carts', ['abandoned', 'carts'], ['device', 'channel', 'region', 'category', 'brand']) }})
