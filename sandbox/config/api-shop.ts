import type { Origins } from './api-yaml.ts';

/** The web shop, SAP Commerce: carts and their entries. */
export const shopApi = (
  origins: Origins,
  startsOn: string,
): string => `  # The web shop (SAP Commerce), over its Integration API. Orders are SAP's; the shop only tells which cart became one.
  - kind: sap-commerce
    name: shop
    starts_on: ${startsOn}
    read: [carts, orders]
    # Attributes of the company's own integration object: visits tie carts to the sessions of the tags.
    cart:
      cart_id: code
      session_id: visitSession
      device: visitDevice.code
      channel: visitChannel
      region: visitRegion
      out_of_stock: stockStatus.code
    order:
      cart_id: cartCode
      cart_created_at: cartCreationTime
      cart_changed_at: cartModifiedTime
      session_id: visitSession
      device: visitDevice.code
      channel: visitChannel
      region: visitRegion
      out_of_stock: stockStatus.code
    # Carts of Saturday settle on Sunday; on Sunday nobody fills one. So on Monday there is nothing newer.
    max_age_days: 1
    secret: \${secret:sap-commerce}
    base_url: ${origins('sap-commerce')}
`;
