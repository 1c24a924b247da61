import type { Day, Moment } from '../../../kit/calendar.ts';
import { clockText } from '../../../kit/calendar.ts';
import { wholeExport } from '../../../kit/dated-export.ts';
import type { Outreach } from '../../../kit/outreach/heard.ts';
import { outreachTables } from '../../../kit/outreach/write-outreach.ts';
import type { Company } from '../business/company.ts';

/** The tables that the company fills. */
export const filledTables = [
  ...outreachTables,
  'ad_spend',
  'budgets',
  'crm_activity',
  'crm_users',
  'customers',
  'deal_amounts',
  'deal_competitors',
  'deals',
  'exchange_rates',
  'fixed_costs',
  'innovation_participations',
  'leads',
  'marketing_costs',
  'milestone_validations',
  'milestones',
  'order_lines',
  'orders',
  'people_reached',
  'products',
  'referrals',
  'stage_history',
  'stages',
  'targets',
  'touchpoints',
  'trials',
] as const;
export type FilledTable = (typeof filledTables)[number];

/** Where exports go, and what is counted of them. */
export interface Output {
  readonly folder: string;
  readonly seed: number;
  readonly scale: number;
  readonly company: Company;
  /** What its tools export beside its systems. */
  readonly outreach: Outreach;
  /** Rows that the lake must hold when all is loaded. */
  readonly rows: Record<FilledTable, number>;
  readonly onFile: (name: string) => void;
}

/** So long systems deliver a file a day. */
export const DAILY_DAYS = 40;
/** The day of the CRM's first export, which has everything up to then; the others have what changed on their day. */
export const firstExport = ({ last }: Company): number => Math.max(0, last - DAILY_DAYS + 1);

export const dayAt = ({ days }: Company, index: number): Day => days[index] as Day;

/** `2026-11-20`, or nothing. */
export const dateText = (company: Company, index: number | null): string | null =>
  index === null ? null : dayAt(company, index).date;

/** `2026-11-20 09:12:33`, in the company's zone. */
export const momentText = (company: Company, { day, second }: Moment): string =>
  `${dayAt(company, day).date} ${clockText(second)}`;

/** Something that the CRM exports when it happens. */
export interface Dated {
  readonly day: number;
  readonly line: string;
}

/** Writes what happened, by the day on which it is exported: `{date}` in the name. */
export async function nightly(
  output: Output,
  name: string,
  head: string,
  happened: readonly Dated[],
): Promise<void> {
  const { company } = output;
  const first = firstExport(company);
  const byNight = new Map<number, string[]>();
  for (const { day, line } of happened) {
    const night = Math.max(day, first);
    const lines = byNight.get(night);
    if (lines) lines.push(line);
    else byNight.set(night, [line]);
  }
  for (let night = first; night <= company.last; night += 1) {
    const day = dayAt(company, night);
    await wholeExport(output, name.replace('{date}', day.compact), day, [
      head,
      ...(byNight.get(night) ?? []),
    ]);
  }
}

/** A file without a date in its name, as it is on the last day. */
export const whole = (output: Output, name: string, lines: Iterable<string>): Promise<void> =>
  wholeExport(output, name, dayAt(output.company, output.company.last), lines);
