import { join } from 'node:path';
import { type Day, tradingDayBefore } from '../../kit/calendar.ts';
import {
  checkOptions,
  clearFolder,
  type MadeSandbox,
  type SandboxOptions,
  writeBeside,
} from '../../kit/folder.ts';
import type { Cost } from './business/costs.ts';
import { SANDBOX_MARK } from './config/company-yaml.ts';
import { type Delivery, fileDelivery } from './exports/delivery.ts';
import { type ExportInput, type FilledTable, filledTables } from './exports/system.ts';
import { invent } from './invent.ts';
import type { Story } from './stories.ts';
import type { Truth } from './truth/count.ts';
import type { DayTruth } from './truth/day-truth.ts';
import { firesOn } from './truth/firing.ts';

/**
 * What `npm start` makes: two years and a bit, for last_year and last_365d. `scale` 1: some 210 order lines and 143 carts
 * a day of trade. Stories are tuned for 1 and more.
 */
export const sandboxDefaults = { seed: 1887, days: 800, scale: 1, stories: true } as const;

const LEAST_DAYS = 14;

export interface PlantedStory extends Story {
  /** First trading day on which Vigie can notice it; null when the days are too few for the rule's comparison. */
  readonly firesOn: string | null;
}

export interface SandboxSummary extends MadeSandbox {
  /** The last day of trade at or before `endsOn`: stories are planted around it. */
  readonly lastTradingDay: string;
  /** Rows of each lake table when the files are loaded, and rows that are refused. What vendors serve is not counted. */
  readonly rows: Readonly<Record<FilledTable, number>>;
  readonly rejected: Readonly<Partial<Record<FilledTable, number>>>;
  readonly stories: readonly PlantedStory[];
  /** Exact totals of each day; also in `truth/days.json`. Amounts in 1/10,000 euro. */
  readonly truth: readonly DayTruth[];
}

/**
 * Invents the company and writes its exports (all of its data, or with another delivery what only comes as files), its vigie.yaml and the truth. The same options give the same bytes, and
 * the same file times. Memory does not grow with the number of days. Throws `SANDBOX_OPTION` for options out of range,
 * `SANDBOX_FOLDER` for a folder that holds something else.
 */
export async function writeSandbox(
  options: SandboxOptions,
  delivery: Delivery = fileDelivery,
): Promise<SandboxSummary> {
  checkOptions(options, LEAST_DAYS);
  await clearFolder(options.folder, SANDBOX_MARK);
  const { days, last, company, effects, stories, truth } = invent(options);
  const files: string[] = [];
  const rows = Object.fromEntries(filledTables.map((name) => [name, 0])) as Record<FilledTable, number>;
  const input: ExportInput = {
    folder: options.folder,
    seed: options.seed,
    company,
    days,
    last,
    effects,
    rows,
    rejected: {},
    onFile: (name) => files.push(name),
  };
  const costs = await liveThrough(input, truth, delivery);
  await delivery.finish(input, options.scale, costs);
  const planted = stories.map((story) => ({ ...story, firesOn: firesOn(story, days, truth) }));
  const summary: SandboxSummary = {
    folder: options.folder,
    config: join(options.folder, 'vigie.yaml'),
    startsOn: (days[0] as Day).date,
    endsOn: options.endsOn,
    lastTradingDay: tradingDayBefore(days, last).date,
    files: files.toSorted(),
    rows,
    rejected: input.rejected,
    stories: planted,
    truth: truth.days,
  };
  const yaml = delivery.yaml({ ...options, startsOn: summary.startsOn, files: summary.files });
  const counted = { rows: summary.rows, rejected: summary.rejected };
  await writeBeside(summary, yaml, { days: summary.truth, stories: planted, rows: counted });
  return summary;
}

/** Every system writes each day; the costs, which one file holds, are given back. */
async function liveThrough(input: ExportInput, truth: Truth, delivery: Delivery): Promise<Cost[]> {
  const systems = delivery.systems(input);
  const costs: Cost[] = [];
  for (const happened of input.company.live()) {
    truth.count(happened);
    for (const system of systems) await system.day(happened);
    costs.push(...happened.costs);
  }
  for (const system of systems) await system.close();
  return costs;
}
