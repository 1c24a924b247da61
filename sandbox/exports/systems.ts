import type { TableName } from '../../functions/lake/tables.ts';
import type { Day } from '../calendar.ts';
import { reportedAt, type Spend } from '../company/campaigns.ts';
import type { Company, CompanyDay } from '../company/company.ts';
import type { Effects } from '../company/effects.ts';
import type { Order } from '../company/orders.ts';
import { grouped, pageViewsOf } from '../company/sessions.ts';
import { randomStream } from '../random.ts';
import type { Truth } from '../truth/count.ts';
import { AD_FORMATS, type AdFormat } from './ads.ts';
import { type DatedExport, type DatedOptions, datedExport } from './dated-export.ts';
import { brokenSalesLine, SALES_HEAD, STOCK_HEAD, salesLines, stockLines } from './sap.ts';
import { brokenCartLine, cartEntryLines, cartLine } from './shop.ts';
import { groupLine, pageViewLine, sessionLine } from './tags.ts';

/** How long systems deliver a file a day; before that, a file a month. */
export const DAILY_DAYS = 40;
/** The tag system keeps single sessions and page views so long. */
export const TAG_DAYS = 60;
/** Old stock is kept of Mondays only. */
const STOCK_DAYS = 60;

export interface ExportInput {
  readonly folder: string;
  readonly seed: number;
  readonly company: Company;
  readonly days: readonly Day[];
  readonly last: number;
  readonly effects: Effects;
  readonly truth: Truth;
  /** Rows that the lake must hold when all is loaded, and rows that must be refused, by table. */
  readonly rows: Record<TableName, number>;
  readonly rejected: Partial<Record<TableName, number>>;
  readonly onFile: (name: string) => void;
}

/** A system of the company: takes each day and writes its files. */
export interface System {
  day(happened: CompanyDay): Promise<void>;
  close(): Promise<void>;
}

export const systems = (input: ExportInput): System[] => [
  sales(input),
  stock(input),
  shop(input),
  ads(input),
  tags(input),
];

const dated = (
  input: ExportInput,
  days: number,
  options: Omit<DatedOptions, 'folder' | 'dailyFrom' | 'onFile'>,
): DatedExport =>
  datedExport({
    ...options,
    folder: input.folder,
    onFile: input.onFile,
    dailyFrom: Math.max(0, input.last - days + 1),
  });

const closeAll = async (files: readonly DatedExport[]): Promise<void> => {
  for (const file of files) await file.close();
};

/** The month in which SAP and the shop had a bad day: the last full one of the history by months. */
const badDay = (input: ExportInput): number => {
  const inMonths = input.days.slice(0, Math.max(0, input.last - DAILY_DAYS + 1)).filter((day) => day.trading);
  return inMonths.at(-20)?.index ?? -1;
};

function sales(input: ExportInput): System {
  const file = dated(input, DAILY_DAYS, {
    daily: 'exports/sap/sales/VBAP_{date}.csv',
    monthly: 'exports/sap/sales/history/VBAP_{month}.csv',
    encoding: 'windows-1252',
    head: [SALES_HEAD],
  });
  const trading = input.days.filter((day) => day.trading && day.index <= input.last);
  const lastTrading = trading.at(-1)?.index ?? -1;
  const openFrom = trading.at(-3)?.index ?? 0;
  const bad = badDay(input);
  // The files by months were made later: they say of a document what became of it.
  const isOld = (order: Order): boolean => order.day.index <= input.last - DAILY_DAYS;
  return {
    async day({ day, orders, cancelled }) {
      if (!day.trading) return;
      const lines = orders.flatMap((order) => [
        ...salesLines(order, order.cancelled && isOld(order), order.day.index >= openFrom),
      ]);
      for (const order of orders) {
        input.truth.order(order, order.cancelled && order.day.index < lastTrading);
        input.rows.order_lines += order.lines.length;
      }
      input.rows.orders += orders.length;
      if (day.index === bad) {
        lines.splice(lines.length >> 1, 0, brokenSalesLine(1), SALES_HEAD, brokenSalesLine(2));
        input.rejected.orders = 2;
        input.rejected.order_lines = 2;
      }
      const again = cancelled.filter((order) => !isOld(order));
      await file.add(day, [...lines, ...again.flatMap((order) => [...salesLines(order, true, false)])]);
    },
    close: () => file.close(),
  };
}

function stock(input: ExportInput): System {
  const file = dated(input, DAILY_DAYS, {
    daily: 'exports/sap/stock/MARD_{date}.csv',
    monthly: 'exports/sap/stock/history/MARD_{month}.csv',
    head: [STOCK_HEAD],
  });
  return {
    async day({ day }) {
      if (day.index <= input.last - STOCK_DAYS && day.weekday !== 0) return;
      const lines = [...stockLines(day, input.company.catalogue, input.company.stock)];
      input.rows.stock_levels += lines.length;
      await file.add(day, lines);
    },
    close: () => file.close(),
  };
}

function shop(input: ExportInput): System {
  const carts = dated(input, DAILY_DAYS, {
    daily: 'exports/shop/carts_{date}.ndjson.gz',
    monthly: 'exports/shop/history/carts_{month}.ndjson.gz',
    dashes: true,
  });
  const entries = dated(input, DAILY_DAYS, {
    daily: 'exports/shop/cart_entries_{date}.ndjson.gz',
    monthly: 'exports/shop/history/cart_entries_{month}.ndjson.gz',
    dashes: true,
  });
  const bad = badDay(input);
  return {
    async day({ day, settled, orderedLate }) {
      for (const cart of settled) {
        input.truth.settledCart(cart);
        input.rows.cart_lines += cart.lines.length;
      }
      input.rows.carts += settled.length;
      const broken = day.index === bad ? [brokenCartLine(1)] : [];
      if (broken.length > 0) input.rejected.carts = broken.length;
      if (settled.length + orderedLate.length === 0) return;
      await carts.add(
        day,
        [...settled, ...orderedLate].map((cart) => cartLine(cart, input.days, day)).concat(broken),
      );
      if (settled.length > 0)
        await entries.add(
          day,
          settled.flatMap((cart) => [...cartEntryLines(cart, input.days)]),
        );
    },
    close: () => closeAll([carts, entries]),
  };
}

function ads(input: ExportInput): System {
  const files = AD_FORMATS.map((format) => ({
    format,
    file: dated(input, DAILY_DAYS, {
      daily: `exports/${format.folder}/${format.name}_{date}.csv`,
      monthly: `exports/${format.folder}/history/${format.name}_{month}.csv`,
      head: format.head,
      dashes: format.platform !== 'microsoft',
      ...(format.platform === 'linkedin' ? { encoding: 'utf-16le' as const } : {}),
    }),
  }));
  const recent: Spend[][] = [];
  return {
    async day({ day, spends }) {
      for (const spend of spends)
        input.truth.spend(
          spend.campaign.platform === 'google' ? reportedAt(spend, input.last - day.index) : spend,
        );
      input.rows.ad_spend += spends.length;
      recent.unshift([...spends]);
      recent.splice(3);
      const daily = day.index > input.last - DAILY_DAYS;
      for (const { format, file } of files) await file.add(day, adRows(format, recent, daily));
    },
    close: () => closeAll(files.map(({ file }) => file)),
  };
}

/** Google's daily file holds the two days before as well, as they are known by then. */
function adRows(format: AdFormat, recent: readonly (readonly Spend[])[], daily: boolean): string[] {
  const mine = (spends: readonly Spend[] | undefined) =>
    (spends ?? []).filter((spend) => spend.campaign.platform === format.platform);
  if (format.platform !== 'google' || !daily) return mine(recent[0]).map((spend) => format.row(spend));
  return [2, 1, 0].flatMap((age) => mine(recent[age]).map((spend) => format.row(reportedAt(spend, age))));
}

function tags(input: ExportInput): System {
  const sessions = dated(input, TAG_DAYS, {
    daily: 'exports/tags/sessions_{date}.ndjson',
    monthly: 'exports/tags/history/sessions_{month}.ndjson.gz',
  });
  const views = dated(input, TAG_DAYS, {
    daily: 'exports/tags/page_views_{date}.ndjson.gz',
    monthly: 'never written',
  });
  return {
    async day({ day, sessions: seen }) {
      if (!input.effects.tagsDelivered(day.index)) return;
      for (const session of seen) input.truth.session(session);
      if (day.index <= input.last - TAG_DAYS) {
        const groups = grouped(seen);
        input.rows.sessions += groups.length;
        await sessions.add(day, groups.map(groupLine));
        return;
      }
      const random = randomStream(input.seed, `views/${day.date}`);
      const viewed = seen.flatMap((session) =>
        pageViewsOf(session, input.company.catalogue, random).map((view) => pageViewLine(session, view)),
      );
      input.rows.sessions += seen.length;
      input.rows.page_views += viewed.length;
      await sessions.add(day, seen.map(sessionLine));
      await views.add(day, viewed);
    },
    close: () => closeAll([sessions, views]),
  };
}
