import { z } from 'zod';
import { authKey, odataKeys, wordsKey } from '../../api/odata/settings.ts';
import { baseUrl, secretReference } from '../../api/settings-fields.ts';
import { dealSettings } from './deal-settings.ts';
import { property } from './property.ts';

/** Where a field of a customer stands: `sales_area.SalesOffice`. */
const place = z
  .string()
  .regex(
    /^(partner|customer|sales_area|address)\.[A-Za-z_]\w*$/,
    'a property of partner, customer, sales_area or address, such as sales_area.SalesOffice',
  );

export const entityNames = [
  'sales-orders',
  'orders-without-charge',
  'customer-returns',
  'credit-memo-requests',
  'billing-credit-memos',
  'sales-quotations',
  'sales-contracts',
  'customers',
  'products',
  'stock',
  'deleted-documents',
] as const;
export type EntityName = (typeof entityNames)[number];

const auth = authKey('basic', {
  token_url: z.url().describe('Such as https://my300000.s4hana.cloud.sap/sap/bc/sec/oauth2/token.'),
}).default({ kind: 'basic' });

/** Properties that documents get fields from. Null: the field stays empty. */
const documentFields = z
  .strictObject({
    channel: property.nullable().default('DistributionChannel'),
    sales_rep: property.nullable().default('SalesGroup'),
    ordered_at: property.nullable().default(null).describe('An instant; SAP’s own API has only the date.'),
    booking_programme: property.nullable().default(null),
    delivery_date: property
      .nullable()
      .default('RequestedDeliveryDate')
      .describe('booking_lead_days are counted to it, for documents with a booking programme.'),
    cart_id: property.nullable().default(null),
    session_id: property.nullable().default(null),
    list_amount: property.nullable().default(null).describe('Of the item: often Subtotal1Amount.'),
    freight_amount: property.nullable().default(null).describe('Of the item.'),
    margin_amount: property.nullable().default(null).describe('Of the item.'),
    cost_amount: property
      .nullable()
      .default(null)
      .describe('Of the item: CostAmount. The margin is then the net amount less the cost.'),
  })
  .prefault({});

/** Condition types of the pricing procedure that item amounts are summed from, instead of a property. */
const conditionTypes = z.array(z.string().min(1)).default([]);
const conditions = z
  .strictObject({ list_amount: conditionTypes, freight_amount: conditionTypes, cost_amount: conditionTypes })
  .prefault({});

const customerFields = z
  .strictObject({
    region: place.nullable().default('sales_area.SalesOffice'),
    industry: place.nullable().default('customer.Industry'),
    segment: place.nullable().default('sales_area.CustomerGroup'),
    sales_rep: place.nullable().default('sales_area.SalesGroup'),
    acquisition_channel: place.nullable().default(null),
    marketing_consent: place.nullable().default(null),
  })
  .prefault({});

/** The keys of a source of kind `sap-s4` in vigie.yaml. */
export const settings = z
  .strictObject({
    base_url: baseUrl().describe(
      'Address of the system or the gateway: https://my300000-api.s4hana.cloud.sap.',
    ),
    auth: auth.describe('`basic`, or `oauth2` with client credentials at `token_url`.'),
    secret: secretReference()
      .default('${secret:sap-s4}')
      .describe('Basic: `{"user": …, "password": …}`. OAuth2: `{"client_id": …, "client_secret": …}`.'),
    client: z
      .string()
      .regex(/^\d{3}$/, 'three digits, as "100"')
      .optional()
      .describe('Client number (`sap-client`). Not needed in the public cloud.'),
    language: z
      .string()
      .regex(/^[A-Z]{2}$/, 'two capital letters, such as EN')
      .default('EN')
      .describe('Logon language: decides the keys of document types (OR is TA in German) and the texts.'),
    protocol: z
      .enum(['v2', 'v4'])
      .default('v2')
      .describe('OData version of the sales orders: API_SALES_ORDER_SRV, or API_SALESORDER as V4.'),
    read: z
      .array(z.enum(entityNames))
      .min(1)
      .default(['sales-orders', 'customer-returns', 'customers', 'products'])
      .describe('What is read.'),
    paths: z
      .partialRecord(z.enum(entityNames), z.string().startsWith('/'))
      .default({})
      .describe('Other paths than SAP’s: `sales-orders: /sap/opu/odata/sap/ZSALES_SRV/A_SalesOrder`.'),
    ...odataKeys({
      mostRecords: 10_000,
      records: 'Documents a request (`$top`).',
      lookBackDays: 7,
      lookBack:
        'Documents entered up to so many days before the last reading are read again: deliveries change a status without a change date.',
    }),
    customer_page_size: z
      .int()
      .min(1)
      .max(10_000)
      .default(200)
      .describe('Business partners a request: with addresses and sales areas they are large.'),
    select: z
      .boolean()
      .default(true)
      .describe(
        'Asks for the mapped properties only (`$select`): a tenth of the bytes. Off for services without it.',
      ),
    document_types: z
      .record(z.string(), z.enum(['order', 'return', 'free_of_charge', 'skip']))
      .default({ OR: 'order', TA: 'order', RE: 'return', CR: 'return', G2: 'return' })
      .describe(
        'What a document type is. One that is not listed is rejected: nobody knows whether it is revenue.',
      ),
    item_categories: z
      .record(z.string(), z.enum(['line', 'free_of_charge', 'skip']))
      .default({ TANN: 'free_of_charge', TAX: 'skip', TATX: 'skip' })
      .describe(
        'Item categories that are not ordinary lines. `skip`: texts and components that carry no value.',
      ),
    channels: wordsKey('Words for distribution channels: `"10": Sales rep`. Those not listed stay codes.'),
    fields: documentFields.describe('Properties that fields of documents and items come from.'),
    conditions: conditions.describe(
      'Condition types that amounts of items are summed from: `freight_amount: [YF00]`.',
    ),
    sales_rep_function: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Partner function of the sales representative (`VE`; `ER` in English) instead of `fields.sales_rep`.',
      ),
    amounts: z
      .enum(['as_sent', 'two_decimals'])
      .default('as_sent')
      .describe(
        '`two_decimals`: a service of your own hands amounts out as SAP stores them (100 yen as 1.00).',
      ),
    billing_types: z
      .record(z.string(), z.enum(['return', 'skip']))
      .default({ G2: 'return', CBRE: 'return', RE: 'return' })
      .describe('Billing types read as credit memos; others are left out.'),
    sales_area: z
      .strictObject({
        organization: z.string().optional(),
        channel: z.string().optional(),
        division: z.string().optional(),
      })
      .prefault({})
      .describe('Which sales area of a customer counts; where several fit, the first.'),
    customer_fields: customerFields.describe('Properties that fields of customers come from.'),
    regions: wordsKey('Words for the codes of `customer_fields.region`.'),
    industries: wordsKey('Words for the codes of `customer_fields.industry`.'),
    segments: wordsKey('Words for the codes of `customer_fields.segment`.'),
    product_groups: wordsKey('Words for product groups: the product’s category.'),
    brand: property
      .nullable()
      .default(null)
      .describe('Property of the product that holds the brand: ZZ1_Brand_PRD.'),
    inactive_statuses: z
      .array(z.string().min(1))
      .default([])
      .describe('Sales statuses (`SalesStatus`) of products that are no longer sold.'),
    stock_types: z
      .array(z.string())
      .default(['01'])
      .describe('Stock types that can be promised; 01 is unrestricted.'),
    plants: z
      .array(z.string().min(1))
      .default([])
      .describe('Plants in which a product without a stock record has a stock of 0; in others it has none.'),
    deals: dealSettings.describe('How quotations and sales contracts become deals.'),
    deleted_documents: z
      .strictObject({ number: property, changed: property })
      .default({ number: 'SalesDocument', changed: 'DeletionDateTime' })
      .describe(
        'Properties of the service of your own that names deleted documents (entity `deleted-documents`).',
      ),
  })
  .refine(
    ({ read, paths }) => !read.includes('deleted-documents') || paths['deleted-documents'] !== undefined,
    {
      path: ['paths'],
      error: 'deleted-documents is read from a service of your own: name its path',
    },
  );
export type Settings = z.infer<typeof settings>;
