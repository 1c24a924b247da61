import { codebook } from '../../../vendors/sap-s4/codes.ts';
import type { Origins } from './origins.ts';
import { SAP_LISTS } from './sap-source.ts';

const words = (list: Readonly<Record<string, string>>): string =>
  Object.entries(list)
    .map(([code, word]) => `\n      '${code}': ${word}`)
    .join('');

/** SAP S/4HANA: sales documents, customers, articles, stock. */
export const sapApi = (origins: Origins, startsOn: string): string => `  # SAP S/4HANA over OData.
  - kind: sap-s4
    name: sap
    starts_on: ${startsOn}
    # What changed since the last reading is asked for; a refused order comes again with its refusal.
    read: [sales-orders, customer-returns, customers, products, stock]
    client: '100'
    document_types: { OR: order, ZBO: order, RE: return }
    channels: { '10': Sales rep, '20': Telephone, '30': EDI, '40': Web shop }
    # Custom fields, as the company calls them: when and from which cart and session an order came.
    fields:
      ordered_at: ZZ1_Recorded_SDH
      booking_programme: ZZ1_Programme_SDH
      cart_id: ZZ1_Cart_SDH
      session_id: ZZ1_Session_SDH
      list_amount: Subtotal1Amount
      freight_amount: ZZ1_Freight_SDI
      cost_amount: CostAmount
    customer_fields:
      acquisition_channel: customer.ZZ1_Acquisition_CUS
      marketing_consent: customer.ZZ1_Advertising_CUS
    brand: ZZ1_Brand_PRD
    inactive_statuses: [Z9]
    # SAP gives codes; reports want words.
    regions:${words(codebook.offices)}
    industries:${words(codebook.industries)}
    segments:${words(codebook.segments)}
    product_groups:${words(codebook.productGroups)}
    max_age_days: { orders: 1, order_lines: 1, stock_levels: 1 }
    secret: \${secret:sap-s4}
    base_url: ${origins('sap-s4')}
`;

/** What SAP's APIs do not have: lists that a job exports every night. */
export const sapLists = `  # Contracts and exchange rates come from SAP as lists, every night.
  - kind: files
    name: sap-lists
    feeds:
${SAP_LISTS}`;
