import { closedDays } from '../../../kit/closed-days.ts';
import { LEVELS, RULES } from '../story-levels.ts';

/** KPIs of the digest, alert rules, people. */
export const alertsAndRecipients = ({
  scale,
  endsOn,
}: {
  readonly scale: number;
  readonly endsOn: string;
}): string => `# Every KPI that the tables allow is measured. The digest shows these, in this order.
kpis:
  digest:
    - net_revenue
    - orders
    - average_order_value
    - new_customers
    - cart_abandonment_rate
    - conversion_rate
    - customer_acquisition_cost
    - return_on_ad_spend

alerts:
  # Vigie ships a rule against a jump of the acquisition cost; this company has a level of its own instead.
  off: [acquisition-cost-jump]
  rules:
    # Takes the place of the shipped rule of the same id: here three carts in four is already too many.
    - id: ${RULES.abandonment}
      kind: limit
      kpi: cart_abandonment_rate
      period: last_7d
      above: ${LEVELS.abandonment}
      # It ends only below this level, so that a figure at the edge does not come and go.
      clear: ${LEVELS.abandonmentClear}
      severity: critical
      # Not judged with fewer carts.
      min_volume: ${Math.max(1, Math.round(300 * scale))}
      renotify_after_days: 7
      notify: [executive, ops, ecommerce]
    # Euro for a new customer, four weeks together.
    - id: ${RULES.acquisitionCost}
      kind: limit
      kpi: customer_acquisition_cost
      period: last_28d
      above: ${LEVELS.acquisitionCost}
      clear: ${LEVELS.acquisitionCostClear}
      renotify_after_days: 7
      notify: [executive, marketing]
    # A customer who brings a third less than in the same weeks a year ago; only those who still bring a lot.
    - id: ${RULES.customerRevenue}
      kind: change
      kpi: net_revenue
      period: last_28d
      dimension: customer
      against: last_year
      below: ${LEVELS.customerRevenue}
      clear: ${LEVELS.customerRevenueClear}
      min_volume: ${Math.max(1, Math.round(LEVELS.customerRevenueVolume * scale))}
      renotify_after_days: 14
      notify: [executive, sales]
    # A programme that sells below what programmes grant: special conditions, or orders under the wrong one.
    - id: ${RULES.bookingDiscount}
      kind: limit
      kpi: booking_discount_rate
      period: last_28d
      dimension: programme
      above: ${LEVELS.bookingDiscount}
      clear: ${LEVELS.bookingDiscountClear}
      min_volume: ${Math.max(1, Math.round(LEVELS.bookingDiscountVolume * scale))}
      renotify_after_days: 14
      notify: [executive, sales]
    # The best customers (those who ordered lately, often and for much): a tenth fewer than a year ago.
    - id: ${RULES.bestCustomers}
      kind: change
      kpi: rfm_segment_customers
      dimension: segment
      members: [best]
      against: last_year
      below: ${LEVELS.bestCustomers}
      clear: ${LEVELS.bestCustomersClear}
      renotify_after_days: 28
      notify: [executive, sales]

# Lists that name customers are shown to whom they concern: the head of sales sees all of them.
lists:
  lost_sales: { in_full: [sales] }
  quiet_customers: { in_full: [sales] }

# Files for ad platforms: who looked at tyres or left them in a cart, has not ordered them since, and agrees (docs/audiences.md).
audiences:
  tyre_viewers: { did: viewed, purpose: advertising, days: 7, categories: [Winter tyres, All-season tyres], vendors: [google, linkedin] }
  left_carts: { did: abandoned, purpose: advertising, days: 7, vendors: [meta, microsoft] }

# Who is told. Executives get the digest; the other roles get the alerts that name them; ops hears of failed sources.
recipients:
  - { name: Claire Aubry, email: claire.aubry@marelune.example, language: fr, roles: [executive] }
  - { name: Martin Keller, email: martin.keller@marelune.example, language: en, roles: [executive, sales], lists: [lost_sales] }
  - { name: Data desk, email: data@marelune.example, language: en, roles: [ops] }
  - { name: Inès Morel, email: ines.morel@marelune.example, language: fr, roles: [marketing, ecommerce], digest: false }

delivery:
  from: Vigie <vigie@marelune.example>
  # \`files\` leaves the mails as .eml files in the state folder. For a server of your own:
  #   mailer: { kind: smtp, secret: smtp }
  mailer: { kind: files }
  unsubscribe: mailto:data@marelune.example?subject=unsubscribe
${closedDays(endsOn)}
`;
