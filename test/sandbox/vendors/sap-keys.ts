import { codebook } from '../../../sandbox/vendors/sap-s4/codes.ts';
import { startsOn } from './living.ts';

/** SAP's keys of the company: as its vigie.yaml has them. */
export const sapKeys = {
  base_url: 'https://s4.marelune.example',
  starts_on: startsOn,
  client: '100',
  read: ['sales-orders', 'customer-returns', 'customers', 'products', 'stock'],
  document_types: { OR: 'order', ZBO: 'order', RE: 'return' },
  channels: { '10': 'Sales rep', '20': 'Telephone', '30': 'EDI', '40': 'Web shop' },
  fields: {
    ordered_at: 'ZZ1_Recorded_SDH',
    booking_programme: 'ZZ1_Programme_SDH',
    cart_id: 'ZZ1_Cart_SDH',
    session_id: 'ZZ1_Session_SDH',
    list_amount: 'Subtotal1Amount',
    freight_amount: 'ZZ1_Freight_SDI',
    cost_amount: 'CostAmount',
  },
  customer_fields: {
    acquisition_channel: 'customer.ZZ1_Acquisition_CUS',
    marketing_consent: 'customer.ZZ1_Advertising_CUS',
  },
  brand: 'ZZ1_Brand_PRD',
  inactive_statuses: ['Z9'],
  regions: codebook.offices,
  industries: codebook.industries,
  segments: codebook.segments,
  product_groups: codebook.productGroups,
};
