import { join } from 'node:path';
import {
  checkOptions,
  clearFolder,
  type MadeSandbox,
  type SandboxOptions,
  writeBeside,
} from '../../kit/folder.ts';
import { heardOf } from '../../kit/outreach/firing.ts';
import { SANDBOX_MARK } from './config/company-yaml.ts';
import { writeAds } from './exports/ads.ts';
import { writeBilling } from './exports/billing.ts';
import { writeChecklists } from './exports/crm-checklists.ts';
import { writeDoings } from './exports/crm-people.ts';
import { type Delivery, fileDelivery } from './exports/delivery.ts';
import { writeOffice } from './exports/office.ts';
import { type FilledTable, filledTables, type Output } from './exports/output.ts';
import { type Invention, invent } from './invent.ts';
import type { Story } from './stories.ts';
import { truthOf } from './truth/count.ts';
import type { DayTruth } from './truth/day-truth.ts';
import { firesOn } from './truth/firing.ts';

/** Nearly three years: a lead counts as won or not after half a year, and is compared with those of a year before. */
export const saasDefaults = { seed: 1887, days: 1000, scale: 1, stories: true } as const;

/** A pipeline takes some months to fill. */
const LEAST_DAYS = 60;

export interface PlantedStory extends Story {
  /** First trading day on which Vigie can notice it; null when the days are too few for the rule's comparison. */
  readonly firesOn: string | null;
}

export interface SaasSummary extends MadeSandbox {
  /** Rows of each lake table when the files are loaded. What a vendor serves is not counted. */
  readonly rows: Readonly<Record<FilledTable, number>>;
  readonly stories: readonly PlantedStory[];
  /** Exact totals of each day; also in `truth/days.json`. Amounts in 1/10,000 euro. */
  readonly truth: readonly DayTruth[];
}

/**
 * Invents the software company and writes its exports (all of its data, or with another delivery what only comes as files), its vigie.yaml and the truth. The same options give the same
 * bytes. Leads and deals are kept in memory: some 30,000 at scale 1. Throws as `checkOptions` and `clearFolder` do.
 */
export async function writeSaas(options: SandboxOptions, delivery = fileDelivery): Promise<SaasSummary> {
  checkOptions(options, LEAST_DAYS);
  await clearFolder(options.folder, SANDBOX_MARK);
  const invention = invent(options);
  const { days, last, company, outreach, stories } = invention;
  const lived = days.slice(0, last + 1);
  const files: string[] = [];
  const rows = await writeExports(options, invention, delivery, (name) => files.push(name));
  const truth = truthOf(company);
  const heard = heardOf(outreach);
  const summary: SaasSummary = {
    folder: options.folder,
    config: join(options.folder, 'vigie.yaml'),
    startsOn: days[0]?.date ?? options.endsOn,
    endsOn: options.endsOn,
    files: files.toSorted(),
    rows,
    stories: stories.map((story) => ({ ...story, firesOn: firesOn(story, lived, truth, heard) })),
    truth,
  };
  const yaml = delivery.yaml({ ...options, startsOn: summary.startsOn, files: summary.files });
  await writeBeside(summary, yaml, { days: truth, stories: summary.stories, rows: { rows } });
  return summary;
}

async function writeExports(
  { folder, seed, scale }: SandboxOptions,
  { company, outreach }: Invention,
  delivery: Delivery,
  onFile: Output['onFile'],
): Promise<SaasSummary['rows']> {
  const rows = Object.fromEntries(filledTables.map((name) => [name, 0])) as Record<FilledTable, number>;
  const output: Output = { folder, seed, scale, company, outreach, rows, onFile };
  await delivery.crm(output, company);
  const lists = { ...output, company: delivery.listed(company) };
  for (const write of [writeChecklists, writeDoings, writeBilling, writeAds, writeOffice]) await write(lists);
  return rows;
}
