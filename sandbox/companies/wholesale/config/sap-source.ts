type Has = (prefix: string) => boolean;

/** SAP: sales documents, articles, customers, stock, exchange rates. */
export const sapSource = (
  has: Has,
): string => `  # SAP drops list exports every night: semicolons, decimal commas, YYYYMMDD, numbers padded with zeros.
  - kind: files
    name: sap
    # Above this share of refused rows the whole source counts as failed, and the figures made from it as stale.
    max_rejected_share: 0.01
    feeds:
      # One file holds documents and lines; three feeds read it.
      # First, each document once (the file repeats its head on every line).
      - table: orders
        path: exports/sap/sales/VBAP_{date}.csv
        encoding: windows-1252
        delimiter: ';'
        dates: YYYYMMDD
        timestamps: YYYYMMDDHHmmss
        one_row_per_key: true
        max_age_days: 1
        columns: &documents
          order_id: { from: VBELN, strip_zeros: true }
          kind:
            cases: [{ when: { column: AUART, equals: RE }, then: return }]
            else: order
          # A reason for refusal cancels; SAP exports the document again when that happens, and the newer word counts.
          status:
            cases:
              - { when: { column: ABGRU, empty: false }, then: cancelled }
              - { when: { column: GBSTK, equals: C }, then: completed }
            else: open
          ordered_on: ERDAT
          ordered_at: ZZERFASST
          customer_id: { from: KUNNR, strip_zeros: true }
          channel: { from: VTWEG, values: { '10': Sales rep, '20': Telephone, '30': EDI, '40': Web shop } }
          sales_rep_id: VKGRP
          booking_programme: ZZPROGRAMM
          cart_id: ZZKORB
          session_id: ZZSITZUNG
      # Then the lines of orders (TA) and bookings (ZBO) …
      - table: order_lines
        path: exports/sap/sales/VBAP_{date}.csv
        encoding: windows-1252
        delimiter: ';'
        decimal: ','
        thousands: '.'
        dates: YYYYMMDD
        max_age_days: 1
        where: &ordinary [{ column: AUART, in: [TA, ZBO] }]
        columns: &lines
          order_id: { from: VBELN, strip_zeros: true }
          line_id: { from: POSNR, strip_zeros: true }
          ordered_on: ERDAT
          product_id: { from: MATNR, strip_zeros: true }
          quantity: KWMENG
          net_amount: NETWR
          list_amount: KZWI1
          discount_amount: { difference: [KZWI1, NETWR] }
          freight_amount: ZZFRACHT
          margin_amount: ZZMARGE
          currency: WAERK
          booking_programme: ZZPROGRAMM
          booking_lead_days: ZZVORLAUF
      # … and those of returns (RE), which SAP writes with positive amounts: the sign is turned.
      - table: order_lines
        path: exports/sap/sales/VBAP_{date}.csv
        encoding: windows-1252
        delimiter: ';'
        decimal: ','
        thousands: '.'
        dates: YYYYMMDD
        # There are days without a return.
        max_age_days: null
        where: &returns [{ column: AUART, equals: RE }]
        columns: &return_lines
          order_id: { from: VBELN, strip_zeros: true }
          line_id: { from: POSNR, strip_zeros: true }
          ordered_on: ERDAT
          product_id: { from: MATNR, strip_zeros: true }
          quantity: { from: KWMENG, times: '-1' }
          net_amount: { from: NETWR, times: '-1' }
          list_amount: { from: KZWI1, times: '-1' }
          freight_amount: { from: ZZFRACHT, times: '-1' }
          margin_amount: { from: ZZMARGE, times: '-1' }
          currency: WAERK
${has('exports/sap/sales/history/') ? SALES_HISTORY : ''}      # Stock at the end of the day: an article at 0 in every warehouse cannot be promised.
      - table: stock_levels
        path: exports/sap/stock/MARD_{date}.csv
        delimiter: ';'
        decimal: ','
        dates: YYYYMMDD
        max_age_days: 1
        columns: &stock
          product_id: { from: MATNR, strip_zeros: true }
          warehouse_id: WERKS
          stock_on: DATUM
          available_quantity: LABST
${has('exports/sap/stock/history/') ? STOCK_HISTORY : ''}      # Master data: one file each, replaced every night.
      - table: customers
        path: exports/sap/KNA1.csv
        encoding: windows-1252
        delimiter: ';'
        dates: YYYYMMDD
        columns:
          customer_id: { from: KUNNR, strip_zeros: true }
          name: NAME1
          region: VKBUR_TEXT
          country: LAND1
          industry: BRSCH_TEXT
          segment: KDGRP_TEXT
          sales_rep_id: VKGRP
          acquisition_channel: ZZAKQUISE
          account_opened_on: ERDAT
          # The address itself is never stored, only its hash.
          email_hash: { hash_email: SMTP_ADDR }
          marketing_consent: { from: ZZWERBUNG, values: { J: true, N: false } }
      - table: products
        path: exports/sap/MARA.csv
        encoding: windows-1252
        delimiter: ';'
        columns:
          product_id: { from: MATNR, strip_zeros: true }
          name: MAKTX
          category: WGBEZ
          brand: ZZMARKE
          active:
            cases: [{ when: { column: VMSTA, empty: true }, then: true }]
            else: false
${SAP_LISTS}`;

/** What SAP gives as lists, whatever else is asked over its API. */
export const SAP_LISTS = `      - table: customer_objectives
        path: exports/sap/ZZIEL.csv
        delimiter: ';'
        decimal: ','
        thousands: '.'
        dates: YYYYMMDD
        columns:
          customer_id: { from: KUNNR, strip_zeros: true }
          starts_on: DATAB
          ends_on: DATBI
          target_amount: ZIELUMSATZ
          currency: WAERS
      # TCURR holds several types of rate and both ways; only average rates (M) into euro are wanted, each per FFACT units.
      # None on weekends: Friday's goes on.
      - table: exchange_rates
        path: exports/sap/TCURR.csv
        delimiter: ';'
        decimal: ','
        dates: YYYYMMDD
        max_age_days: 3
        where: [{ column: KURST, equals: M }, { column: TCURR, equals: EUR }]
        columns:
          currency: FCURR
          rated_on: GDATU
          rate: { quote: UKURS, units: FFACT, in_units: TFACT, inverse: negative }
`;

const SALES_HISTORY = `      # The years before, a file a month, mapped alike (& names a mapping, * uses it again).
      - table: orders
        path: exports/sap/sales/history/VBAP_{month}.csv
        encoding: windows-1252
        delimiter: ';'
        dates: YYYYMMDD
        timestamps: YYYYMMDDHHmmss
        one_row_per_key: true
        max_age_days: null
        columns: *documents
      - table: order_lines
        path: exports/sap/sales/history/VBAP_{month}.csv
        encoding: windows-1252
        delimiter: ';'
        decimal: ','
        thousands: '.'
        dates: YYYYMMDD
        max_age_days: null
        where: *ordinary
        columns: *lines
      - table: order_lines
        path: exports/sap/sales/history/VBAP_{month}.csv
        encoding: windows-1252
        delimiter: ';'
        decimal: ','
        thousands: '.'
        dates: YYYYMMDD
        max_age_days: null
        where: *returns
        columns: *return_lines
`;

const STOCK_HISTORY = `      - table: stock_levels
        path: exports/sap/stock/history/MARD_{month}.csv
        delimiter: ';'
        decimal: ','
        dates: YYYYMMDD
        max_age_days: null
        columns: *stock
`;
