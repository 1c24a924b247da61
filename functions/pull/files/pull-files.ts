import type { Batch } from '../../lake/landing/batch.ts';
import { understood, type VigieError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { orProblem } from '../outcome.ts';
import { byAge, type Input } from './inputs.ts';
import { landFile } from './land-file.ts';
import { isBlank } from './open-records.ts';
import { type OpenTable, openTable, placeOf } from './open-table.ts';
import type { TablePlan } from './plan-table.ts';

/** What became of each table: its batch, or why there is none. */
export type Landed = Map<string, Batch | VigieError>;

/**
 * Lands what is planned. Tables that read some of the same files are landed at the same time, so that each file is
 * read once; the others one after the other, so that memory does not grow with the number of tables.
 */
export async function landTables(platform: Platform, plans: readonly TablePlan[]): Promise<Landed> {
  const landed: Landed = new Map();
  for (const group of groupByFile(plans))
    for (const [table, outcome] of await landGroup(platform, group)) landed.set(table, outcome);
  return landed;
}

/** Tables that share a file. What makes one of them fail keeps the others not; what ends the reading ends them all. */
async function landGroup(platform: Platform, group: readonly TablePlan[]): Promise<Landed> {
  const landed: Landed = new Map();
  const open = group.map((plan) => ({ plan, table: openTable(platform, plan) }));
  try {
    const tables = open.map(({ table }) => table);
    for (const input of inputsOf(group)) await landInput(platform, input, tables);
  } catch (error) {
    for (const { plan, table } of open) {
      await table.discard().catch(() => undefined);
      landed.set(plan.batch.table.name, understood(error));
    }
    return landed;
  }
  for (const { plan, table } of open) landed.set(plan.batch.table.name, await orProblem(table.end()));
  return landed;
}

/** Tables with a file in common, directly or by way of a third one, come together. */
function groupByFile(plans: readonly TablePlan[]): TablePlan[][] {
  let groups: TablePlan[][] = [];
  for (const plan of plans) {
    const places = new Set(plan.readings.map(({ input }) => placeOf(input)));
    const shares = (group: readonly TablePlan[]): boolean =>
      group.some(({ readings }) => readings.some(({ input }) => places.has(placeOf(input))));
    const together = groups.filter(shares).flat();
    groups = [...groups.filter((group) => !shares(group)), [...together, plan]];
  }
  return groups;
}

function inputsOf(group: readonly TablePlan[]): Input[] {
  const readings = group.flatMap((plan) => plan.readings);
  const inputs = new Map(readings.map(({ input }) => [placeOf(input), input]));
  return [...inputs.values()].sort(byAge);
}

/**
 * The first feeds of all tables go through a file together, then the second ones: the rows of one table stay in the
 * order of its feeds.
 */
async function landInput(platform: Platform, input: Input, tables: readonly OpenTable[]): Promise<void> {
  const blank = await isBlank(platform.inbox, input);
  const begun = tables.map((table) => table.begin(input, blank));
  const turns = Math.max(...begun.map((landers) => landers.length));
  for (let turn = 0; turn < turns; turn += 1) {
    const landers = begun
      .filter((all) => all.every(({ failure }) => failure === undefined))
      .flatMap((all) => all.slice(turn, turn + 1));
    await landFile(platform.inbox, input, landers);
  }
}
