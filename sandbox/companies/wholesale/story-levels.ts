/** Levels of the rules in the sandbox company's vigie.yaml: the stories are planted around them. */
export const LEVELS = {
  /** Abandonment of the last 7 days, above. An ordinary week has 72 %. */
  abandonment: 0.75,
  abandonmentClear: 0.74,
  /** Euro for a new customer over 28 days, above. Ordinary: 1,330. */
  acquisitionCost: 1600,
  acquisitionCostClear: 1500,
  /** Revenue of a customer over 28 days against the year before, below. */
  customerRevenue: -0.35,
  customerRevenueClear: -0.2,
  /** … of customers that still bring so much in 28 days, in euro at scale 1. */
  customerRevenueVolume: 25_000,
  /** Discount of a programme over 28 days, above. Ordinary: no line is granted more than 24 %. */
  bookingDiscount: 0.25,
  bookingDiscountClear: 0.24,
  /** … of programmes with so much at list prices, in euro at scale 1. */
  bookingDiscountVolume: 20_000,
  /** Customers of the best segment against the year before, below. Ordinary: some more each year. */
  bestCustomers: -0.1,
  bestCustomersClear: -0.05,
  /** Trading days that the tags may be behind. */
  tagsAge: 1,
} as const;

/** Ids of the rules in vigie.yaml. The first replaces the shipped rule of that name. */
export const RULES = {
  abandonment: 'cart-abandonment-high',
  acquisitionCost: 'acquisition-cost-high',
  customerRevenue: 'key-account-drop',
  bookingDiscount: 'programme-below-discount',
  bestCustomers: 'best-customers-quiet',
} as const;
