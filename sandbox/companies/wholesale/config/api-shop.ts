import type { Origins } from './origins.ts';

/** The web shop, SAP Commerce: carts and their entries. */
export const shopApi = (
  origins: Origins,
  startsOn: string,
): string => `  # The web shop (SAP Commerce), over its Integration API. Orders are SAP's; the shop only tells which cart became one.
  - kind: sap-commerce
    name: shop
    starts_on: ${startsOn}
    read: [carts, orders]
    # The company's integration object is flat: keys instead of references. Visits tie carts to the sessions of the tags.
    sets: { carts: VigieFlat/Carts, orders: VigieFlat/Orders }
    cart: &attributes
      cart_id: code
      customer_id: unitUid
      currency: currencyCode
      session_id: visitSession
      device: visitDeviceCode
      channel: visitChannel
      region: visitRegion
      product_id: productCode
      out_of_stock: stockState
    order:
      <<: *attributes
      cart_id: cartCode
      cart_created_at: cartCreationTime
      cart_changed_at: cartModifiedTime
      status: statusCode
    # Carts of Saturday settle on Sunday; on Sunday nobody fills one. So on Monday there is nothing newer.
    max_age_days: 1
    secret: \${secret:sap-commerce}
    base_url: ${origins('sap-commerce')}
`;
