/** Billing: a subscription is an order, with its invoice's lines. */
export const billingSource = `  # Billing: what was invoiced, line by line. A flat list: two feeds read it.
  - kind: files
    name: billing
    title: { en: Billing, fr: Facturation }
    feeds:
      - table: orders
        path: exports/billing/invoices_{date}.csv
        one_row_per_key: true
        columns:
          order_id: Invoice
          kind: { from: Kind, values: { Invoice: order, Credit note: return } }
          status: { constant: completed }
          ordered_on: Date
          customer_id: Customer
          channel: Origin
      - table: order_lines
        path: exports/billing/invoices_{date}.csv
        columns:
          order_id: Invoice
          line_id: Line
          product_id: Product
          quantity: Quantity
          list_amount: List
          net_amount: Net
          currency: Currency
      - table: customers
        path: exports/billing/customers.csv
        columns:
          customer_id: Customer
          name: Name
          region: Region
          country: Country
          industry: Industry
          acquisition_channel: Channel
          account_opened_on: Since
      - table: products
        path: exports/billing/products.csv
        columns: { product_id: Product, name: Name, category: Category }
`;

const PLATFORMS = [
  ['google', 'Google Ads'],
  ['linkedin', 'LinkedIn Ads'],
] as const;

/** The two ad platforms; \`has\`: whether files begin so. */
export const adSources = (has: (prefix: string) => boolean): string =>
  PLATFORMS.map(([platform, channel]) => {
    const anchor = `${platform}_ads`;
    const history = has(`exports/${platform}-ads/history/`)
      ? `      - table: ad_spend
        path: exports/${platform}-ads/history/campaigns_{month}.csv
        max_age_days: null
        columns: *${anchor}
`
      : '';
    return `  - kind: files
    name: ${platform}-ads
    title: ${channel}
    feeds:
      - table: ad_spend
        path: exports/${platform}-ads/campaigns_{date}.csv
        columns: &${anchor}
          platform: { constant: ${platform} }
          account_id: Account
          spent_on: Day
          campaign_id: Campaign ID
          campaign_name: Campaign
          channel: { constant: ${channel} }
          impressions: Impressions
          clicks: Clicks
          cost: Cost
          currency: Currency
${history}`;
  }).join('');

/** Spreadsheets of the office. */
export const financeSource = `  # Kept by hand: targets, budgets, costs, whom marketing reached (both on Mondays), the bank's rates.
  - kind: files
    name: finance
    title: { en: Finance, fr: Finance }
    feeds:
      - table: targets
        path: exports/finance/targets.csv
        columns:
          kpi: KPI
          dimension: { constant: total }
          member: { constant: total }
          starts_on: From
          ends_on: To
          value: Value
      - table: budgets
        path: exports/finance/budgets.csv
        columns: { budget_id: Budget, starts_on: From, ends_on: To, channel: Channel, category: Category, amount: Amount, currency: { constant: EUR } }
      - table: marketing_costs
        path: exports/finance/costs.csv
        max_age_days: 5
        columns:
          cost_id: Id
          cost_on: Day
          kind: Kind
          category: Category
          channel: Channel
          amount: Amount
          currency: { constant: EUR }
      - table: fixed_costs
        path: exports/finance/fixed_costs.csv
        columns: { cost_id: Id, starts_on: From, ends_on: To, category: Category, amount: Amount, currency: { constant: EUR } }
      - table: people_reached
        path: exports/finance/reach.csv
        max_age_days: 5
        columns: { reach_id: { row_number: true }, reached_on: Day, channel: Channel, people_count: People }
      - table: exchange_rates
        path: exports/finance/rates.csv
        columns: { currency: Currency, rated_on: Day, rate: Euro }
`;
