/** What is sold. A subscription is paid for a year ahead. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: 'Licences' | 'Add-ons' | 'Services';
}

export const PLANNER: Product = {
  id: 'KV-PLAN',
  name: 'Kervello Planner, seat and year',
  category: 'Licences',
};
export const MOBILE: Product = {
  id: 'KV-MOBILE',
  name: 'Kervello Mobile, seat and year',
  category: 'Licences',
};
export const ROUTES: Product = { id: 'KV-ROUTE', name: 'Route optimiser, year', category: 'Add-ons' };
export const ONBOARDING: Product = { id: 'KV-START', name: 'Onboarding', category: 'Services' };
export const PRODUCTS: readonly Product[] = [PLANNER, MOBILE, ROUTES, ONBOARDING];
