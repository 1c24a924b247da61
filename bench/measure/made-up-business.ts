export const LAST_DAY = '2026-11-21';
const DAYS = 1096;
const FIRST_DAY = '2023-11-22';

/** Rows `i` = 1 … count, spread evenly and in order over the days, as loads leave them. */
const rows = (count: number): string =>
  `(SELECT i, DATE '${FIRST_DAY}' + CAST((i - 1) * ${DAYS} // ${count} AS integer) AS day FROM generate_series(1, ${count}) AS s (i))`;

const pick = (column: string, values: readonly string[]): string =>
  `(ARRAY[${values.map((value) => `'${value}'`).join(', ')}])[CAST(1 + hash(${column}) % ${values.length} AS integer)]`;

const REGIONS = ['north', 'east', 'south', 'west', 'centre', 'overseas'];
const CHANNELS = ['web', 'sales rep', 'edi', 'phone'];
const TRAFFIC = ['organic', 'paid', 'email', 'direct'];

/** What fills the tables of the lake, of three years that end on the last day, for a number of order lines: four lines an order, one session in five lines … */
export function fillStatements(lines: number): string[] {
  const orders = Math.ceil(lines / 4);
  const carts = Math.ceil(lines / 20);
  const customers = Math.max(200, Math.ceil(lines / 200));
  const into = (table: string, columns: string, select: string) =>
    `INSERT INTO lake.${table} (${columns}) ${select}`;
  return [
    into(
      'customers',
      'customer_id, region, industry, acquisition_channel',
      `SELECT 'c' || i, ${pick('i', REGIONS)}, 'industry ' || (hash(i + 7) % 12), ${pick('i + 1', TRAFFIC)} FROM generate_series(1, ${customers}) AS s (i)`,
    ),
    into(
      'products',
      'product_id, category, brand',
      "SELECT 'p' || i, 'category ' || (hash(i) % 20), 'brand ' || (hash(i + 3) % 60) FROM generate_series(1, 4000) AS s (i)",
    ),
    into('exchange_rates', 'currency, rated_on, rate', `SELECT 'USD', day, 0.9 FROM ${rows(DAYS)}`),
    into(
      'orders',
      'order_id, kind, status, ordered_on, customer_id, channel, booking_programme',
      `SELECT 'o' || i, CASE WHEN i % 50 = 0 THEN 'return' ELSE 'order' END, CASE WHEN i % 47 = 0 THEN 'cancelled' ELSE 'completed' END, day, 'c' || (1 + hash(i) % ${customers}), ${pick('i + 2', CHANNELS)}, CASE WHEN i % 9 = 0 THEN 'spring' END FROM ${rows(orders)}`,
    ),
    into(
      'order_lines',
      'order_id, line_id, ordered_on, product_id, quantity, net_amount, list_amount, discount_amount, freight_amount, currency',
      `SELECT 'o' || i, l, day, 'p' || (1 + hash(i * 4 + l) % 4000), 1 + hash(i + l) % 9, CASE WHEN i % 50 = 0 THEN -1 ELSE 1 END * (hash(i * 4 + l) % 100000) / 100.0, (hash(i * 4 + l) % 100000) / 90.0, 1.5, 0.5, CASE WHEN i % 20 = 0 THEN 'USD' ELSE 'EUR' END FROM ${rows(orders)} CROSS JOIN generate_series(1, 4) AS k (l)`,
    ),
    into(
      'sessions',
      'session_id, property, started_on, session_count, ordering_session_count, bounced_session_count, device, channel, landing_group',
      `SELECT 's' || i, 'shop', day, 1, CASE WHEN i % 30 = 0 THEN 1 ELSE 0 END, CASE WHEN i % 3 = 0 THEN 1 ELSE 0 END, ${pick('i', ['desktop', 'mobile', 'tablet'])}, ${pick('i + 1', TRAFFIC)}, 'group ' || (i % 8) FROM ${rows(Math.ceil(lines / 5))}`,
    ),
    into(
      'carts',
      'cart_id, session_id, last_changed_at, settles_at, settles_on, ordered_at, item_count, device, channel, region',
      `SELECT 'k' || i, 's' || i * 4, day - INTERVAL '14' HOUR, day + INTERVAL '10' HOUR, day, CASE WHEN i % 4 = 0 THEN day - INTERVAL '1' HOUR END, 2, ${pick('i', ['desktop', 'mobile'])}, ${pick('i + 1', TRAFFIC)}, ${pick('i + 5', REGIONS)} FROM ${rows(carts)}`,
    ),
    into(
      'cart_lines',
      'cart_id, line_id, settles_on, added_on, product_id, quantity, amount, currency, out_of_stock',
      `SELECT 'k' || i, l, day, day - 1, 'p' || (1 + hash(i * 2 + l) % 4000), 2, 40, 'EUR', i % 25 = 0 FROM ${rows(carts)} CROSS JOIN generate_series(1, 2) AS k (l)`,
    ),
    into(
      'page_views',
      'page_view_id, session_id, property, viewed_on, kind, product_id',
      `SELECT 'v' || i, 's' || i, 'shop', day, 'product', 'p' || (1 + hash(i) % 4000) FROM ${rows(Math.ceil(lines / 5))}`,
    ),
    into(
      'ad_spend',
      'platform, account_id, spent_on, campaign_id, channel, impressions, clicks, cost, conversions, conversion_value, currency',
      `SELECT ${pick('i', ['google', 'linkedin'])}, 'a', day, 'campaign ' || i % 30, 'paid', 100, 5, 20, 1, 90, 'EUR' FROM ${rows(DAYS * 30)}`,
    ),
    into(
      'marketing_costs',
      'cost_id, cost_on, kind, category, channel, amount, currency',
      `SELECT i, day, 'marketing', 'content', 'email', 300, 'EUR' FROM ${rows(DAYS)}`,
    ),
    into(
      'targets',
      'kpi, dimension, member, starts_on, ends_on, value',
      "SELECT 'net_revenue', 'total', 'total', DATE '2026-01-01', DATE '2026-12-31', 1000000",
    ),
  ];
}
