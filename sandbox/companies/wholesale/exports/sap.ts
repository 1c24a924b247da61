import { clockText, type Day } from '../../../kit/calendar.ts';
import type { Rates } from '../../../kit/rates.ts';
import { csv, european, field, padded } from '../../../kit/words.ts';
import type { Catalogue } from '../business/catalogue.ts';
import type { Customer } from '../business/customer.ts';
import type { Order } from '../business/orders.ts';
import { type Stock, WAREHOUSES } from '../business/stock.ts';

/** SAP list exports: semicolons, decimal comma, YYYYMMDD, zero-padded numbers, technical column names. */
export const SALES_HEAD =
  'VBELN;POSNR;AUART;ERDAT;ZZERFASST;KUNNR;VKGRP;VTWEG;GBSTK;ABGRU;MATNR;KWMENG;WAERK;KZWI1;NETWR;ZZFRACHT;ZZMARGE;ZZPROGRAMM;ZZVORLAUF;ZZKORB;ZZSITZUNG';
export const STOCK_HEAD = 'MATNR;WERKS;DATUM;LABST';

/** VTWEG, the distribution channel. */
const CHANNEL_CODES = { 'Sales rep': '10', Telephone: '20', EDI: '30', 'Web shop': '40' } as const;
const REFUSED = '52';

/** The lines of a document. `refused`: the later export, which gives every line a reason for refusal. */
export function* salesLines(order: Order, refused: boolean, open: boolean): Generator<string> {
  const { day, customer, cart, booking } = order;
  const currency = customer.currency;
  const head = `${padded(order.number, 10)};`;
  const middle =
    `;${order.type};${day.compact};${day.compact}${clockText(order.second).replaceAll(':', '')};${padded(customer.id, 10)};` +
    `${customer.rep};${CHANNEL_CODES[order.channel]};${open ? 'A' : 'C'};${refused ? REFUSED : ''};`;
  const tail = `;${booking?.programme ?? ''};${booking?.leadDays ?? ''};${cart?.code ?? ''};${cart?.session ?? ''}`;
  for (const [index, line] of order.lines.entries()) {
    yield `${head}${padded(String((index + 1) * 10), 6)}${middle}${padded(line.product.id, 18)};${line.quantity},000;${currency};${european(line.list)};${european(line.net)};${european(line.freight)};${european(line.margin)}${tail}`;
  }
}

/** Rows as a broken interface leaves them: a date that is none. They are refused, whatever the reader does with the rest. */
export const brokenSalesLine = (number: number): string =>
  `${padded(String(9_900_000 + number), 10)};000010;TA;99999999;;0000100001;R01;10;C;;000000000000010001;1,000;EUR;10,00;10,00;0,00;0,00;;;;`;

export function* stockLines(day: Day, catalogue: Catalogue, stock: Stock): Generator<string> {
  for (const product of catalogue.products) {
    for (const warehouse of WAREHOUSES) {
      yield `${padded(product.id, 18)};${warehouse};${day.compact};${stock.available(product, warehouse, day)},000`;
    }
  }
}

export function* customerLines(
  customers: readonly Customer[],
  openedOn: (customer: Customer) => string,
): Generator<string> {
  yield 'KUNNR;NAME1;LAND1;VKBUR_TEXT;BRSCH_TEXT;KDGRP_TEXT;VKGRP;ERDAT;ZZAKQUISE;SMTP_ADDR;ZZWERBUNG';
  const segments = ['C', 'B', 'A', 'Key account'] as const;
  for (const c of customers) {
    yield csv(
      ';',
      padded(c.id, 10),
      c.name,
      c.country,
      c.region,
      c.industry,
      segments[c.size],
      c.rep,
      openedOn(c),
      c.acquisitionChannel,
      c.email,
      c.consent ? 'J' : 'N',
    );
  }
}

export function* productLines(catalogue: Catalogue): Generator<string> {
  yield 'MATNR;MAKTX;WGBEZ;ZZMARKE;VMSTA';
  for (const p of catalogue.products) {
    yield `${padded(p.id, 18)};${field(p.name, ';')};${p.category};${p.brand};${p.active ? '' : 'Z9'}`;
  }
}

/** Contract volumes of the key accounts, a year each: KUNNR, span, amount in the account's currency. */
export function* objectiveLines(
  accounts: readonly Customer[],
  years: readonly number[],
  yearly: number,
): Generator<string> {
  yield 'KUNNR;DATAB;DATBI;ZIELUMSATZ;WAERS';
  for (const account of accounts) {
    for (const year of years)
      yield csv(
        ';',
        padded(account.id, 10),
        `${year}0101`,
        `${year}1231`,
        european(yearly),
        account.currency,
      );
  }
}

/** TCURR also holds the way back, which Vigie is told to leave out. */
export function* rateLines(rates: Rates): Generator<string> {
  yield 'KURST;FCURR;TCURR;GDATU;UKURS;FFACT;TFACT';
  for (const { currency, date, rate } of rates.list) {
    const compact = date.replaceAll('-', '');
    yield `M;${currency};EUR;${compact};${fourDecimals(rate)};1;1`;
    yield `M;EUR;${currency};${compact};${fourDecimals(Math.round(100_000_000 / rate))};1;1`;
  }
}

const fourDecimals = (value: number): string =>
  `${Math.floor(value / 10_000)},${padded(String(value % 10_000), 4)}`;
