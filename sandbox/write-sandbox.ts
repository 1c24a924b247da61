import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDay } from '../functions/lake/values/day.ts';
import { VigieError } from '../functions/platform/errors.ts';
import { type Day, tradingDayBefore } from './calendar.ts';
import type { Cost } from './company/costs.ts';
import { SANDBOX_MARK } from './config/company-yaml.ts';
import { type Delivery, fileDelivery } from './exports/delivery.ts';
import { type ExportInput, type FilledTable, filledTables } from './exports/system.ts';
import { type InventOptions, invent } from './invent.ts';
import type { Story } from './stories.ts';
import type { Truth } from './truth/count.ts';
import type { DayTruth } from './truth/day-truth.ts';
import { firesOn } from './truth/firing.ts';

/** `scale` 1: some 210 order lines and 143 carts a day of trade. Stories are tuned for 1 and more. */
export interface SandboxOptions extends InventOptions {
  /** Made if it is not there. What an earlier sandbox left there is replaced; anybody else's folder is refused. */
  readonly folder: string;
}

/** What `npm start` makes: two years and a bit, for last_year and last_365d. */
export const sandboxDefaults = { seed: 1887, days: 800, scale: 1, stories: true } as const;

export interface PlantedStory extends Story {
  /** First trading day on which Vigie can notice it; null when the days are too few for the rule's comparison. */
  readonly firesOn: string | null;
}

export interface SandboxSummary {
  readonly folder: string;
  /** The company's vigie.yaml. */
  readonly config: string;
  readonly startsOn: string;
  readonly endsOn: string;
  /** The last day of trade at or before `endsOn`: stories are planted around it. */
  readonly lastTradingDay: string;
  /** Export files, relative to the folder. */
  readonly files: readonly string[];
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
  checkOptions(options);
  await clearFolder(options.folder);
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
  const planted = stories.map((story) => ({ ...story, firesOn: firesOn(story, days, truth.days) }));
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
  await writeBeside(summary, options, delivery);
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

/** Takes away what an earlier sandbox wrote: files of another end date would contradict the new ones. */
async function clearFolder(folder: string): Promise<void> {
  const file = join(folder, 'vigie.yaml');
  const config = existsSync(file) ? await readFile(file, 'utf8') : undefined;
  const taken = config === undefined ? existsSync(join(folder, 'exports')) : !config.startsWith(SANDBOX_MARK);
  if (taken) {
    throw new VigieError(
      `The folder ${folder} holds exports or a vigie.yaml that no sandbox wrote; nothing was changed.`,
      {
        code: 'SANDBOX_FOLDER',
        hint: 'Name an empty or a new folder.',
      },
    );
  }
  for (const part of ['exports', 'truth']) await rm(join(folder, part), { recursive: true, force: true });
  // Killed half-way, the folder is still known as a sandbox's.
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${SANDBOX_MARK}, still being written.\n`);
}

async function writeBeside(
  summary: SandboxSummary,
  options: SandboxOptions,
  delivery: Delivery,
): Promise<void> {
  const folder = join(summary.folder, 'truth');
  await mkdir(folder, { recursive: true });
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  await writeFile(
    summary.config,
    delivery.yaml({ ...options, startsOn: summary.startsOn, files: summary.files }),
  );
  await writeFile(join(folder, 'days.json'), json(summary.truth));
  await writeFile(join(folder, 'stories.json'), json(summary.stories));
  await writeFile(join(folder, 'rows.json'), json({ rows: summary.rows, rejected: summary.rejected }));
}

function checkOptions({ seed, days, scale, endsOn }: SandboxOptions): void {
  const wrong = !Number.isInteger(seed)
    ? `the seed ${seed} is not a whole number`
    : !Number.isInteger(days) || days < 14
      ? `${days} days are too few; the sandbox needs at least 14`
      : !(scale > 0) || !Number.isFinite(scale)
        ? `the scale ${scale} is not above 0`
        : !isDay(endsOn)
          ? `"${endsOn}" is not a date YYYY-MM-DD`
          : undefined;
  if (wrong)
    throw new VigieError(`The sandbox cannot be made: ${wrong}.`, {
      code: 'SANDBOX_OPTION',
      hint: 'Leave the option out to get what `npm start` uses.',
    });
}
