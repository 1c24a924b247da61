import type { Order } from '../business/orders.ts';
import { brokenSalesLine, SALES_HEAD, STOCK_HEAD, salesLines, stockLines } from './sap.ts';
import { badDay, DAILY_DAYS, dated, type ExportInput, flattened, type System } from './system.ts';

/** Old stock is kept of Mondays only. */
const STOCK_DAYS = 60;

/** SAP's sales documents. A document cancelled later is exported once more. */
export function sales(input: ExportInput): System {
  const file = dated(input, DAILY_DAYS, {
    daily: 'exports/sap/sales/VBAP_{date}.csv',
    monthly: 'exports/sap/sales/history/VBAP_{month}.csv',
    encoding: 'windows-1252',
    head: [SALES_HEAD],
  });
  const trading = input.days.filter((day) => day.trading && day.index <= input.last);
  const openFrom = trading.at(-3)?.index ?? 0;
  const bad = badDay(input);
  // The files by months were made later: they say of a document what became of it.
  const isOld = (order: Order): boolean => order.day.index <= input.last - DAILY_DAYS;
  return {
    async day({ day, orders, cancelled }) {
      if (!day.trading) return;
      for (const order of orders) input.rows.order_lines += order.lines.length;
      input.rows.orders += orders.length;
      const first = (order: Order) =>
        salesLines(order, order.cancelled && isOld(order), order.day.index >= openFrom);
      await file.add(day, flattened(orders, first));
      if (day.index === bad) {
        await file.add(day, [brokenSalesLine(1), SALES_HEAD, brokenSalesLine(2)]);
        input.rejected.orders = 2;
        input.rejected.order_lines = 2;
      }
      const again = cancelled.filter((order) => !isOld(order));
      await file.add(
        day,
        flattened(again, (order) => salesLines(order, true, false)),
      );
    },
    close: () => file.close(),
  };
}

/** SAP's stock at the end of each day. */
export function stock(input: ExportInput): System {
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
