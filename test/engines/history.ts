import pLimit from 'p-limit';
import { daysBetween } from '../../functions/lake/values/day.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';

/** Rows `i` = 1 … a day, of each day from one to another. Trino's words: only tests write so. */
const rows = (from: string, to: string, aDay: number): string =>
  `UNNEST(sequence(DATE '${from}', DATE '${to}')) AS d (day) CROSS JOIN UNNEST(sequence(1, ${aDay})) AS r (i)`;
/** A key that tells day and number. */
const id = (letter: string): string =>
  `'${letter}' || CAST(date_diff('day', DATE '2020-01-01', day) * 1000 + i AS varchar)`;
const oneOf = (values: readonly string[]): string =>
  `element_at(ARRAY[${values.map((value) => `'${value}'`).join(', ')}], CAST(1 + (i + day_of_year(day)) % ${values.length} AS integer))`;
const customer = `'c' || CAST((i * 37 + day_of_year(day) * 11) % 400 AS varchar)`;
const product = `'p' || CAST((i * 13 + day_of_year(day)) % 200 AS varchar)`;

const ORDERS = 40;
const LINES = 3;
export const LINES_A_DAY = ORDERS * LINES;

/** What each table is filled with from day to day: enough that a month's file is more than its footer. */
const daily = (from: string, to: string): readonly (readonly [string, string, string])[] => [
  [
    'orders',
    'order_id, kind, status, ordered_on, customer_id, channel, booking_programme, session_id',
    `${id('o')}, 'order', 'completed', day, ${customer}, ${oneOf(['web', 'phone', 'edi'])}, CASE WHEN i % 5 = 0 THEN 'winter' END, ${id('s')} FROM ${rows(from, to, ORDERS)}`,
  ],
  [
    'order_lines',
    'order_id, line_id, ordered_on, product_id, quantity, net_amount, list_amount, freight_amount, margin_amount, booking_lead_days, currency',
    `${id('o')}, CAST(l AS varchar), day, ${product}, 2, CAST(i * l AS decimal(18,4)), CAST(i * l + 1 AS decimal(18,4)), 1, 2, 40, 'EUR' FROM ${rows(from, to, ORDERS)} CROSS JOIN UNNEST(sequence(1, ${LINES})) AS k (l)`,
  ],
  [
    'sessions',
    'session_id, property, started_on, session_count, ordering_session_count, bounced_session_count, device, channel',
    `${id('s')}, 'shop', day, 1, CAST(i % 2 AS integer), 0, ${oneOf(['desktop', 'mobile'])}, 'paid' FROM ${rows(from, to, ORDERS)}`,
  ],
  [
    'carts',
    'cart_id, session_id, last_changed_at, settles_at, settles_on, item_count, device, channel, region',
    `${id('k')}, ${id('s')}, CAST(day AS timestamp(6)), CAST(day AS timestamp(6)), day, 2, 'mobile', 'paid', 'north' FROM ${rows(from, to, ORDERS)}`,
  ],
  [
    'cart_lines',
    'cart_id, line_id, settles_on, added_on, product_id, quantity, amount, currency, out_of_stock',
    `${id('k')}, '1', day, day - INTERVAL '1' DAY, ${product}, 2, 40, 'EUR', i % 9 = 0 FROM ${rows(from, to, ORDERS)}`,
  ],
  [
    'page_views',
    'page_view_id, session_id, property, viewed_on, kind, product_id',
    `${id('v')}, ${id('s')}, 'shop', day, 'product', ${product} FROM ${rows(from, to, ORDERS)}`,
  ],
  [
    'ad_spend',
    'platform, account_id, spent_on, campaign_id, channel, impressions, clicks, cost, conversions, conversion_value, currency',
    `'google', 'a', day, ${id('a')}, 'paid', 100, 5, 20, 1, 90, 'EUR' FROM ${rows(from, to, 5)}`,
  ],
  [
    'marketing_costs',
    'cost_id, cost_on, kind, category, channel, amount, currency',
    `${id('m')}, day, 'marketing', ${oneOf(['content', 'analytics'])}, 'email', 300, 'EUR' FROM ${rows(from, to, 2)}`,
  ],
  [
    'leads',
    'lead_id, created_on, status, channel, campaign, industry, mql_on, sql_on, won_on, lost_on, lost_reason, employee_count',
    `${id('l')}, day, ${oneOf(['open', 'won', 'lost'])}, 'paid', 'Winter', 'food', day, day + INTERVAL '5' DAY, day + INTERVAL '9' DAY, day + INTERVAL '9' DAY, 'price', 60 FROM ${rows(from, to, 9)}`,
  ],
  [
    'deals',
    'deal_id, created_on, status, closed_on, amount, contribution, currency',
    `${id('d')}, day, ${oneOf(['won', 'lost'])}, day, 100, 50, 'EUR' FROM ${rows(from, to, 9)}`,
  ],
  [
    'deal_amounts',
    'deal_id, changed_at, changed_on, basis, amount, currency',
    `${id('d')}, CAST(day AS timestamp(6)), day, 'history', 100, 'EUR' FROM ${rows(from, to, 9)}`,
  ],
  ['deal_competitors', 'deal_id, competitor', `${id('d')}, 'Alpha' FROM ${rows(from, to, 9)}`],
  [
    'stage_history',
    'kind, record_id, stage_id, entered_at, entered_on, basis, crm',
    `'deal', ${id('d')}, CASE l WHEN 1 THEN 'demo' ELSE 'lost' END, CAST(day AS timestamp(6)) + CASE l WHEN 1 THEN INTERVAL '1' HOUR ELSE INTERVAL '2' HOUR END, day, 'history', 'crm' FROM ${rows(from, to, 9)} CROSS JOIN UNNEST(sequence(1, 2)) AS k (l)`,
  ],
  [
    'milestone_validations',
    'milestone_id, kind, record_id, validated_on',
    `'shown', 'deal', ${id('d')}, day FROM ${rows(from, to, 9)}`,
  ],
  [
    'trials',
    'trial_id, kind, started_on, industry, paid_on, lost_on, lost_reason',
    `${id('t')}, 'trial', day, 'food', CASE i WHEN 1 THEN day END, CASE i WHEN 2 THEN day END, 'price' FROM ${rows(from, to, 9)}`,
  ],
  [
    'touchpoints',
    'touchpoint_id, touched_on, kind, channel, customer_id',
    `${id('p')}, day, 'online', 'email', ${customer} FROM ${rows(from, to, ORDERS)}`,
  ],
  [
    'referrals',
    'referral_id, referred_on, customer_id',
    `${id('r')}, day, ${customer} FROM ${rows(from, to, 2)}`,
  ],
  [
    'innovation_participations',
    'participation_id, participated_on, customer_id',
    `${id('i')}, day, ${customer} FROM ${rows(from, to, 2)}`,
  ],
  [
    'crm_activity',
    'user_id, active_on, record_count',
    `'u' || CAST(i AS varchar), day, 3 FROM ${rows(from, to, 9)}`,
  ],
  [
    'people_reached',
    'reach_id, reached_on, channel, people_count',
    `${id('x')}, day, 'paid', 500 FROM ${rows(from, to, 1)}`,
  ],
  [
    'email_sends',
    'campaign_id, campaign_name, sent_on, sent_count, bounce_count, unique_open_count, unique_click_count, mobile_open_count, desktop_open_count, webmail_open_count',
    `${id('e')}, 'News', day, 900, 30, 200, 30, 60, 100, 40 FROM ${rows(from, to, 1)}`,
  ],
  [
    'mail_events',
    'mail_id, kind, sent_on, campaign_id, tracked',
    `${id('v')}, ${oneOf(['delivered', 'bounced', 'opened'])}, day, 'E1', true FROM ${rows(from, to, 3)}`,
  ],
  [
    'social_audience',
    'network, account_id, counted_on, follower_count',
    `'linkedin', 'a' || CAST(i AS varchar), day, 1000 FROM ${rows(from, to, 2)}`,
  ],
  [
    'social_activity',
    'network, account_id, active_on, impression_count, engagement_count',
    `'linkedin', 'a' || CAST(i AS varchar), day, 1000, 30 FROM ${rows(from, to, 2)}`,
  ],
  [
    'search_clicks',
    'searched_on, site, device, country, click_count, impression_count, position_sum',
    `day, 'sc-domain:ours.example', ${oneOf(['desktop', 'mobile', 'tablet'])}, 'C' || CAST(i AS varchar), 8, 200, 1900 FROM ${rows(from, to, 9)}`,
  ],
  [
    'competitor_events',
    'event_id, event_on, competitor, kind',
    `${id('z')}, day, 'Alpha', 'price' FROM ${rows(from, to, 2)}`,
  ],
  [
    'survey_answers',
    'answer_id, answered_on, kind, score, region',
    `${id('q')}, day, ${oneOf(['recommendation', 'satisfaction'])}, 9, 'north' FROM ${rows(from, to, 4)}`,
  ],
  ['exchange_rates', 'currency, rated_on, rate', `'USD', day, 0.9 FROM ${rows(from, to, 1)}`],
];

const whole: readonly (readonly [string, string, string])[] = [
  [
    'customers',
    'customer_id, region, industry, acquisition_channel',
    "'c' || CAST(i AS varchar), 'region ' || CAST(i % 5 AS varchar), 'food', 'paid' FROM UNNEST(sequence(1, 400)) AS r (i)",
  ],
  [
    'products',
    'product_id, category, brand',
    "'p' || CAST(i AS varchar), 'category ' || CAST(i % 9 AS varchar), 'brand' FROM UNNEST(sequence(1, 200)) AS r (i)",
  ],
  [
    'stages',
    'crm, stage_id, name, step, outcome',
    "'crm', stage_id, name, step, outcome FROM (VALUES ('demo', 'Demo', 1, 'open'), ('lost', 'Lost', 2, 'lost')) AS v (stage_id, name, step, outcome)",
  ],
  ['milestones', 'milestone_id, stage_id, name, crm', "'shown', 'demo', 'Shown', 'crm'"],
  ['crm_users', 'user_id, team', "'u' || CAST(i AS varchar), 'north' FROM UNNEST(sequence(1, 20)) AS r (i)"],
  [
    'fixed_costs',
    'cost_id, starts_on, ends_on, amount, currency',
    "'rent', DATE '2023-01-01', DATE '2027-12-31', 900000, 'EUR'",
  ],
  [
    'customer_objectives',
    'customer_id, starts_on, ends_on, target_amount, currency',
    "'c' || CAST(i AS varchar), DATE '2026-01-01', DATE '2026-12-31', 9000, 'EUR' FROM UNNEST(sequence(1, 20)) AS r (i)",
  ],
  [
    'market_sizes',
    'market_id, starts_on, ends_on, region, amount, currency',
    "'m' || CAST(i AS varchar), DATE '2023-01-01', DATE '2027-12-31', 'region ' || CAST(i AS varchar), 900000, 'EUR' FROM UNNEST(sequence(0, 4)) AS r (i)",
  ],
  [
    'search_visibility',
    'domain, country, month_on, own, organic_traffic, paid_traffic',
    "'d' || CAST(i AS varchar), 'fr', month_on, i = 1, 3000, 300 FROM UNNEST(sequence(DATE '2024-01-01', DATE '2026-12-01', INTERVAL '1' MONTH)) AS d (month_on) CROSS JOIN UNNEST(sequence(1, 3)) AS r (i)",
  ],
  ['booking_bands', 'kind, starts_at, name', "'quantity', 0, 'all'"],
  ['scoring_rules', 'rule_id, criterion, word, points', "'1', 'contact_role', 'purchasing', 5"],
];

/** The tables that are filled. */
export const historyTables = [...daily('2026-01-01', '2026-01-01'), ...whole].map(([table]) => table);

/** Days of business, from one to another; with `whole`, master data, too. */
export interface Filling {
  readonly from: string;
  readonly to: string;
  readonly whole?: boolean;
}

const fillsOf = (filling: Filling, names: readonly string[]) =>
  [...daily(filling.from, filling.to), ...(filling.whole ? whole : [])].filter(([table]) =>
    names.includes(table),
  );

/** Fills some of the tables. */
export async function fillTables(engine: Engine, names: readonly string[], filling: Filling): Promise<void> {
  const limit = pLimit(AT_ONCE);
  await limit.map(fillsOf(filling, names), ([table, columns, select]) =>
    engine.execute(`INSERT INTO ${engine.dialect.table(table)} (${columns}) SELECT ${select}`, {
      label: `fill ${table}`,
    }),
  );
}

/** Tables filled at once: with all of them Trino spends more on asking after each than on writing. */
const AT_ONCE = 4;

/** All that a filling says of a table, as text: the rows are the same where this is. */
export const rowsAsText = (filling: Filling, table: string): string =>
  JSON.stringify(fillsOf(filling, [table]));

/** How many rows a day adds, over all tables that are filled by days. */
export async function rowsOn(engine: Engine, day: string): Promise<number> {
  const counts = daily(day, day).map(([, , select]) => `SELECT count(*) AS n FROM (SELECT ${select}) AS t`);
  const [row] = await queryRows(engine, `SELECT sum(n) AS n FROM (${counts.join(' UNION ALL ')}) AS c`);
  return Number(row?.['n']);
}

/** The key that `fillTables` gives the `i`th order (from 1) of a day. */
export const orderIdOf = (day: string, i: number): string => `o${daysBetween('2020-01-01', day) * 1000 + i}`;
