import { z } from 'zod';
import { authKey, odataKeys, wordsKey } from '../../api/odata/settings.ts';
import { baseUrl, secretReference } from '../../api/settings-fields.ts';
import {
  cartAttributes,
  customerAttributes,
  orderAttributes,
  productAttributes,
  stockAttributes,
} from './attributes.ts';

/** `Object/Set` below /odata2webservices. */
const set = z.string().regex(/^\w+\/\w+$/, 'integration object and set, such as VigieExport/Carts');

export const entityNames = [
  'carts',
  'orders',
  'customers',
  'products',
  'stock',
  'occ-orders',
  'occ-returns',
  'occ-saved-carts',
] as const;
export type EntityName = (typeof entityNames)[number];

const auth = authKey('body', {}).default({ kind: 'oauth2', client_auth: 'body' });

/** Statuses of the platform (enumeration OrderStatus) and of its B2B part. */
const statuses: Record<string, 'open' | 'completed' | 'cancelled' | 'skip'> = {
  ...{ CREATED: 'open', OPEN: 'open', READY: 'open', ON_VALIDATION: 'open', CHECKED_VALID: 'open' },
  ...{ CHECKED_INVALID: 'open', FRAUD_CHECKED: 'open', WAIT_FRAUD_MANUAL_CHECK: 'open', SUSPENDED: 'open' },
  ...{ PAYMENT_AUTHORIZED: 'open', PAYMENT_AMOUNT_RESERVED: 'open', PAYMENT_CAPTURED: 'open' },
  ...{ PAYMENT_NOT_AUTHORIZED: 'open', PAYMENT_NOT_CAPTURED: 'open', TAKE_PAYMENT: 'open' },
  ...{ ORDER_SPLIT: 'open', PROCESSING_ERROR: 'open', B2B_PROCESSING_ERROR: 'open', APPROVED: 'open' },
  ...{ COMPLETED: 'completed', CANCELLING: 'cancelled', CANCELLED: 'cancelled', REJECTED: 'cancelled' },
  // Not an order yet: somebody in the customer's company still has to agree.
  ...{ PENDING_APPROVAL: 'skip', ASSIGNED_TO_ADMIN: 'skip', PENDING_QUOTE: 'skip', APPROVED_QUOTE: 'skip' },
  ...{ REJECTED_QUOTE: 'skip' },
};

/** The keys of a source of kind `sap-commerce` in vigie.yaml. */
export const settings = z
  .strictObject({
    base_url: baseUrl().describe(
      'Address of the API endpoint: https://api.cabc123-prod.model-t.cc.commerce.ondemand.com.',
    ),
    auth: auth.describe('`oauth2` with client credentials, or `basic`.'),
    token_url: z.url().optional().describe('Default: `/authorizationserver/oauth/token` below `base_url`.'),
    secret: secretReference()
      .default('${secret:sap-commerce}')
      .describe('OAuth2: `{"client_id": …, "client_secret": …}`. Basic: `{"user": …, "password": …}`.'),
    read: z
      .array(z.enum(entityNames))
      .min(1)
      .default(['carts', 'orders'])
      .describe(
        'What is read. Customers, products and stock only where SAP does not deliver them: a table has one source.',
      ),
    orders: z
      .enum(['from_sap', 'from_commerce'])
      .default('from_sap')
      .describe(
        'A web order is in SAP, too. `from_sap`: orders only say which cart was ordered; `from_commerce`: they fill `orders` and `order_lines`.',
      ),
    sets: z
      .strictObject({
        carts: set.default('VigieExport/Carts'),
        orders: set.default('VigieExport/Orders'),
        customers: set.default('VigieExport/B2BUnits'),
        products: set.default('VigieExport/Products'),
        stock: set.default('VigieExport/StockLevels'),
      })
      .prefault({})
      .describe('Integration objects and their sets.'),
    changed: z
      .string()
      .regex(/^\w+$/)
      .default('modifiedtime')
      .describe('Attribute with the time of the last change, by which carts and orders are asked for.'),
    sort_by: z
      .strictObject({
        ...{ carts: z.string().nullable().default('code'), orders: z.string().nullable().default('code') },
        ...{
          customers: z.string().nullable().default('uid'),
          products: z.string().nullable().default('code'),
        },
        stock: z.string().nullable().default('productCode'),
      })
      .prefault({})
      .describe('Attributes to sort pages by; null for releases without `$orderby`.'),
    ...odataKeys({
      mostRecords: 1000,
      records: 'Records a request; the platform gives 1,000 at most.',
      lookBackDays: 30,
      lookBack:
        'OCC tells no changes: orders placed up to so many days before the last reading are read again.',
    }),
    cart: cartAttributes.prefault({}).describe('Attributes of carts and their entries.'),
    order: orderAttributes.prefault({}).describe('Attributes of orders and their entries.'),
    customer: customerAttributes.prefault({}).describe('Attributes of units.'),
    product: productAttributes.prefault({}).describe('Attributes of products.'),
    stock: stockAttributes.prefault({}).describe('Attributes of stock levels.'),
    statuses: z
      .record(z.string(), z.enum(['open', 'completed', 'cancelled', 'skip']))
      .default(statuses)
      .describe('What an order’s status means. One that is not listed is rejected.'),
    sales_channel: z.string().min(1).default('Web shop').describe('`channel` of orders from Commerce.'),
    devices: z
      .record(z.string(), z.enum(['desktop', 'mobile', 'tablet', 'other']))
      .default({ DESKTOP: 'desktop', MOBILE: 'mobile', TABLET: 'tablet', OTHER: 'other' })
      .describe('What kind of device a word of the shop means.'),
    channels: wordsKey('Other words for traffic channels.'),
    out_of_stock: z
      .record(z.string(), z.boolean())
      .default({ outOfStock: true, lowStock: false, inStock: false, true: true, false: false })
      .describe('What `cart.out_of_stock` means.'),
    brand_category_prefix: z
      .string()
      .default('brand_')
      .describe('Categories whose code begins so are brands, not categories.'),
    catalog_version: z
      .string()
      .nullable()
      .default('Online')
      .describe(
        'Version of the catalogue that products are read from; null: all, and staged ones count twice.',
      ),
    occ: z
      .strictObject({
        site: z.string().regex(/^[\w-]+$/, 'the base site’s id, such as powertools-spa'),
        user: z
          .string()
          .regex(
            /^[\w.-]+$/,
            'the id of a technical user; an e-mail address would be stored with every request',
          ),
      })
      .optional()
      .describe('For the entities `occ-…`: site and technical user whose unit and sub-units are read.'),
  })
  .refine(({ read, occ }) => occ !== undefined || !read.some((name) => name.startsWith('occ-')), {
    path: ['occ'],
    error: 'the entities `occ-…` need `occ: { site: …, user: … }`',
  });
export type Settings = z.infer<typeof settings>;
