/** The web shop: carts and their entries. */
export const shopSource = (
  has: (prefix: string) => boolean,
): string => `  # The web shop (SAP Commerce) writes each cart when the 24 hours after its last change are over: newline JSON, nested
  # (a path goes down with dots), compressed, instants with their offset.
  - kind: files
    name: shop
    feeds:
      - table: carts
        path: exports/shop/carts_{date}.ndjson.gz
        # Carts of Saturday settle on Sunday; on Sunday nobody fills one. So on Monday there is nothing newer.
        max_age_days: 1
        columns: &carts
          cart_id: code
          session_id: visit.id
          customer_id: user.uid
          created_at: createdTime
          # settles_at and settles_on follow from it: Vigie adds the 24 hours.
          last_changed_at: modifiedTime
          ordered_at: order.placedTime
          order_id: order.code
          item_count: entryCount
          device: { from: visit.device, values: { DESKTOP: desktop, MOBILE: mobile, TABLET: tablet, OTHER: other } }
          channel: visit.channel
          region: visit.region
      - table: cart_lines
        path: exports/shop/cart_entries_{date}.ndjson.gz
        max_age_days: 1
        columns: &cart_lines
          cart_id: cart
          line_id: entryNumber
          settles_on: settlesDate
          added_on: addedDate
          product_id: product.code
          quantity: quantity
          amount: totalPrice.value
          currency: totalPrice.currencyIso
          out_of_stock: { from: product.stockLevelStatus, values: { outOfStock: true, inStock: false } }
${has('exports/shop/history/') ? HISTORY : ''}`;

const HISTORY = `      - table: carts
        path: exports/shop/history/carts_{month}.ndjson.gz
        max_age_days: null
        # A cart that was taken up again stands there twice: as it was, and as it became.
        one_row_per_key: last
        columns: *carts
      - table: cart_lines
        path: exports/shop/history/cart_entries_{month}.ndjson.gz
        max_age_days: null
        one_row_per_key: last
        columns: *cart_lines
`;
