/** What a suite makes of a KPI: its cases hold, a figure comes out otherwise, or the engine refuses the statement. */
export type Verdict = 'holds' | 'differs' | 'refused';

/** A mistake an analyst makes, put into a file of sql/, and who notices. */
export interface SqlMistake {
  readonly name: string;
  /** A KPI or a view, without `sql/` and `.sql`. */
  readonly file: `kpis/${string}` | `views/${string}` | `measures/${string}`;
  /** Words of the file, and what stands there instead. */
  readonly replace: string;
  readonly by: string;
  /** The KPI, and its case, that shows it. */
  readonly kpi: string;
  readonly kase: string;
  /** The rules of the lint that it breaks. */
  readonly lint: readonly string[];
  readonly duckdb: Verdict;
  readonly trino: Verdict;
}

export const sqlMistakes: readonly SqlMistake[] = [
  {
    name: 'whole numbers divided: 1.5 on DuckDB, 1 on Trino',
    file: 'kpis/customer_lifetime_value',
    replace:
      'CAST(CAST(customer_revenue AS double) * lifespan_days AS double) / NULLIF(365 * customers_ever, 0)',
    by: 'CAST(customer_revenue AS double) * (lifespan_days / NULLIF(365 * customers_ever, 0))',
    kpi: 'customer_lifetime_value',
    kase: 'lifespans of the lost count too; they begin with the account or the first order, whichever came first',
    lint: ['division'],
    duckdb: 'holds',
    trino: 'differs',
  },
  {
    name: "DuckDB's cast",
    file: 'measures/documents',
    replace: "CASE WHEN kind = 'order' THEN 1 ELSE 0 END AS orders",
    by: "(CASE WHEN kind = 'order' THEN 1 ELSE 0 END)::bigint AS orders",
    kpi: 'orders',
    kase: 'cancelled orders, returns, and what is not known of a customer',
    lint: ['double-colon'],
    duckdb: 'holds',
    trino: 'refused',
  },
  {
    name: 'a function that DuckDB alone has',
    file: 'kpis/bounce_rate',
    replace: 'AS day, channel,',
    by: "AS day, ifnull(channel, '(unknown)') AS channel,",
    kpi: 'bounce_rate',
    kase: 'no sessions, no figure',
    lint: ['portable-function'],
    duckdb: 'holds',
    trino: 'refused',
  },
  {
    name: 'a function that only Trino has so',
    file: 'measures/activity',
    replace: "CAST(ordered_on + INTERVAL '365' DAY AS date) AS lapses_on",
    by: "date_add('day', 365, ordered_on) AS lapses_on",
    kpi: 'customer_count_ratio',
    kase: "the guide's simple form, in small, 9 of 10",
    lint: ['portable-function'],
    duckdb: 'refused',
    trino: 'holds',
  },
  {
    name: 'the day in UTC instead of the company’s',
    file: 'views/settled_carts',
    replace: '  settles_on,\n',
    by: '  CAST(settles_at AS date) AS settles_on,\n',
    kpi: 'cart_abandonment_rate',
    kase: "midnight in the company's zone decides the day",
    lint: [],
    duckdb: 'differs',
    trino: 'differs',
  },
  {
    name: 'a time zone worked out in SQL',
    file: 'kpis/conversion_rate',
    replace: 'started_on AS day',
    by: "CAST(CAST(started_on AS timestamp) AT TIME ZONE 'America/New_York' AS date) AS day",
    kpi: 'conversion_rate',
    kase: 'the day, week and year before; one as-of day does not disturb another',
    lint: ['time-zone'],
    duckdb: 'holds',
    trino: 'differs',
  },
  {
    name: 'date_diff of instants: days begun on DuckDB, whole days on Trino',
    file: 'views/settled_carts',
    replace: 'ordered_at > settles_at AS abandoned',
    by: "date_diff('day', last_changed_at, ordered_at) >= 1 AS abandoned",
    kpi: 'cart_abandonment_rate',
    kase: 'the 24 hours, to the second',
    lint: ['date-diff-instants'],
    duckdb: 'differs',
    trino: 'differs',
  },
  {
    name: 'the mean of decimals: exact on DuckDB, rounded on Trino',
    file: 'measures/sales',
    replace: '  l.net_amount,\n',
    by: '  avg(l.net_amount) OVER (PARTITION BY l.order_id) AS net_amount,\n',
    kpi: 'average_order_value',
    kase: 'returns deducted, cancelled orders out, by every dimension',
    lint: ['bare-avg'],
    duckdb: 'holds',
    trino: 'differs',
  },
  {
    name: 'concat with NULL: empty text on DuckDB, NULL on Trino',
    file: 'kpis/return_on_ad_spend',
    replace: 'coalesce(campaign_name, campaign_id)',
    by: "coalesce(concat(campaign_name, ''), campaign_id)",
    kpi: 'return_on_ad_spend',
    kase: 'conversion value for each unit of cost, by platform and campaign',
    lint: ['portable-function'],
    duckdb: 'differs',
    trino: 'holds',
  },
  {
    name: 'the day of the week: Sunday is 0 on DuckDB, 7 on Trino',
    file: 'measures/documents',
    replace: 'FROM sales_documents',
    by: 'FROM sales_documents\nWHERE extract(dow FROM ordered_on) <> 0',
    kpi: 'orders',
    kase: 'cancelled orders, returns, and what is not known of a customer',
    lint: ['extract'],
    duckdb: 'differs',
    trino: 'holds',
  },
  {
    name: 'the clock: yesterday’s figure cannot be had again',
    file: 'kpis/mobile_session_share',
    replace: 'WHERE device IS NOT NULL',
    by: 'WHERE device IS NOT NULL AND started_on < current_date',
    kpi: 'mobile_session_share',
    kase: 'phones out of the sessions whose device is known',
    lint: ['clock'],
    duckdb: 'holds',
    trino: 'holds',
  },
];
