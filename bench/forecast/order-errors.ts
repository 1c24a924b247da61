import { inlineTable } from '../../authoring/cases/inline-tables.ts';
import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { addDays, addMonths, lastOfMonth } from '../../functions/lake/values/day.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { ownForecasts } from '../../functions/measure/forecast/own-forecasts.ts';
import { kpiStatements } from '../../functions/measure/statement.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Rows } from './rows.ts';

/** A month at one of its days: what came, and what each of them had said. */
export interface Trial {
  readonly month: string;
  readonly day: number;
  readonly actual: number;
  readonly forecast: number;
  /** Whether what came was within the range; null without one. */
  readonly within: boolean | null;
  /** What was won by that day ÷ the share of the same month of the year before (or of the month before) that was won by then. */
  readonly lastYear: number | null;
  readonly monthBefore: number | null;
  /** Won by that day, and the open pipeline by the CRM's probability: all of it, and what should close in the month. */
  readonly crm: number;
  readonly crmDue: number | null;
}

const INSERTED = 1000;

/** Fills the lake with a made-up or public CRM. */
export async function fill(engine: Engine, catalogue: Catalogue, rows: Rows): Promise<void> {
  await ensureTables({ engine, log: silentLog }, catalogue.tables.all);
  for (const [name, all] of Object.entries(rows)) {
    const table = catalogue.tables.table(name);
    const names = table.columns.map((column) => column.name).join(', ');
    for (let start = 0; start < all.length; start += INSERTED)
      await engine.execute(
        `INSERT INTO ${engine.dialect.table(name)} (${names}) SELECT ${names} FROM ${inlineTable(table, all.slice(start, start + INSERTED))} v`,
        { label: `fill ${name}` },
      );
  }
}

/** The forecasts of these months on these days, as the KPI's own SQL gives them. */
export async function orderTrials(
  engine: Engine,
  catalogue: Catalogue,
  rows: Rows,
  months: readonly string[],
  days: readonly number[],
): Promise<Trial[]> {
  const asOfs = months.flatMap((month) => days.map((day) => addDays(`${month}-01`, day - 1)));
  const company = {
    ...{ name: 'Bench', time_zone: 'Europe/Paris', currency: 'EUR', fiscal_year_starts: 1 },
    closed: { weekdays: [], days: [] },
  };
  const kpi = catalogue.kpi('order_forecast');
  const forecasts = new Map<string, number>();
  const booked = new Map<string, number>();
  for (const { sql } of kpiStatements({ dialect: engine.dialect, catalogue, kpi, asOfs, company }))
    for (const row of await queryRows(engine, sql, { label: 'order_forecast' }))
      if (row['period'] === 'mtd' && (row['dimension'] === null || row['member'] === '(booked)'))
        (row['dimension'] === null ? forecasts : booked).set(String(row['as_of']), Number(row['numerator']));
  const ranges = await ownForecasts(engine, { catalogue, kpi, company }, asOfs.toSorted(), ['mtd']);
  const won = (from: string, to: string): number =>
    (rows['deals'] ?? []).reduce(
      (sum, { status, closed_on, amount }) =>
        status === 'won' && String(closed_on) >= from && String(closed_on) <= to ? sum + Number(amount) : sum,
      0,
    );
  const monthsWon = (month: string): number => won(`${month}-01`, lastOfMonth(month));
  return months.flatMap((month) =>
    days.flatMap((day) => {
      const asOf = addDays(`${month}-01`, day - 1);
      const forecast = forecasts.get(asOf);
      if (forecast === undefined) return [];
      const isWon = won(`${month}-01`, asOf);
      const range = ranges(asOf, 'mtd', forecast, booked.get(asOf) ?? 0)?.range ?? null;
      const actual = monthsWon(month);
      const by = (back: number): number | null => {
        const earlier = addMonths(`${month}-01`, -back);
        const whole = monthsWon(earlier.slice(0, 7));
        const part = won(earlier, addDays(earlier, day - 1));
        return part > 0 ? isWon / (part / whole) : null;
      };
      const due = weighted(rows, asOf, lastOfMonth(month));
      return [
        {
          ...{ month, day, actual, forecast },
          within: range && actual >= range.low && actual <= range.high,
          ...{ lastYear: by(12), monthBefore: by(1) },
          crm: isWon + (weighted(rows, asOf, null) ?? 0),
          crmDue: due === null ? null : isWon + due,
        },
      ];
    }),
  );
}

/** Open deals, or those that should be won by a day, each by its stage's own probability; null where the CRM has no such day. */
function weighted(
  { deals = [], stages = [], stage_history = [] }: Rows,
  asOf: string,
  end: string | null,
): number | null {
  if (end !== null && deals.every((row) => row['expected_on'] === null)) return null;
  const probability = new Map(stages.map((row) => [row['stage_id'], Number(row['probability'])]));
  const stageOf = new Map<unknown, unknown>();
  for (const row of stage_history)
    if (String(row['entered_on']) <= asOf) stageOf.set(row['record_id'], row['stage_id']);
  const open = deals.filter(
    (row) =>
      String(row['created_on']) <= asOf &&
      (row['closed_on'] === null || String(row['closed_on']) > asOf) &&
      (end === null || String(row['expected_on']) <= end),
  );
  return open.reduce(
    (sum, row) => sum + Number(row['amount']) * (probability.get(stageOf.get(row['deal_id'])) ?? 0),
    0,
  );
}
