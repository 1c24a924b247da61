import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { companySchema, type FilesSource } from '../../functions/lake/company/company.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import type { Bucket } from '../../functions/platform/bucket.ts';
import { frozenClock } from '../../functions/platform/clock.ts';
import { type Engine, queryRows } from '../../functions/platform/engine.ts';
import { folderInbox } from '../../functions/platform/local/folder-inbox.ts';
import { silentLog } from '../../functions/platform/log.ts';
import type { Platform } from '../../functions/platform/platform.ts';
import { pullSource } from '../../functions/pull/pull-source.ts';
import { tables } from '../kit/tables.ts';

const FEED = {
  ...{ table: 'targets', path: 'objectives_{date}.csv', decimal: ',' },
  unpivot: { name: 'month', value: 'wanted' },
  columns: {
    ...{ kpi: { constant: 'net_revenue' }, dimension: { constant: 'region' }, member: 'Region' },
    starts_on: { from: 'month', format: 'MMM YYYY' },
    ends_on: { from: 'month', format: 'MMM YYYY', of_month: 'last' },
    value: 'wanted',
  },
};

/** Objectives of regions, a column a month, delivered three times; and what the lake then holds, worked out by hand. */
export const WIDE_DELIVERIES: readonly { readonly file: string; readonly lake: readonly string[] }[] = [
  {
    file: 'Region;janv. 2026;févr. 2026\nNord;1;2\nSud;;4,5\n',
    lake: ['Nord 2026-01-01 1.0000', 'Nord 2026-02-01 2.0000', 'Sud 2026-02-01 4.5000'],
  },
  {
    // A month more; January restated, and February empty, which tells nothing of it.
    file: 'Mars 2026;Region;Jan 2026;Feb 2026\n3;Nord;10;\n6;Sud;5;4,5\n',
    lake: [
      ...['Nord 2026-01-01 10.0000', 'Nord 2026-02-01 2.0000', 'Nord 2026-03-01 3.0000'],
      ...['Sud 2026-01-01 5.0000', 'Sud 2026-02-01 4.5000', 'Sud 2026-03-01 6.0000'],
    ],
  },
  {
    // Of one row a cell is no number; nothing beside it is lost.
    file: 'Region;Mar 2026;Apr 2026\nNord;three;7\nSud;60;\n',
    lake: [
      ...['Nord 2026-01-01 10.0000', 'Nord 2026-02-01 2.0000', 'Nord 2026-03-01 3.0000'],
      ...['Nord 2026-04-01 7.0000'],
      ...['Sud 2026-01-01 5.0000', 'Sud 2026-02-01 4.5000', 'Sud 2026-03-01 60.0000'],
    ],
  },
];

/** Pulls and loads the deliveries one after the other; what the lake holds after each. */
export async function deliverWide(lake: { readonly bucket: Bucket; readonly engine: Engine }) {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-wide-'));
  const tools = { clock: frozenClock('2026-11-22T06:00:00Z'), log: silentLog };
  const platform = { ...lake, ...tools, inbox: folderInbox(folder, {}, folder) } as Partial<Platform>;
  const company = companySchema.parse({
    company: { name: 'Rivoli', time_zone: 'Europe/Paris', currency: 'EUR' },
    sources: [{ kind: 'files', name: 'plan', max_rejected_share: 0.5, feeds: [FEED] }],
  });
  const source = company.sources[0] as FilesSource;
  const held: string[][] = [];
  for (const [index, { file }] of WIDE_DELIVERIES.entries()) {
    const asOf = `2026-0${index + 1}-15`;
    await writeFile(join(folder, `objectives_${asOf}.csv`), file);
    const job = { tables, company, source, asOf, run: `w${index}` };
    const { batches, problem } = await pullSource(platform as Platform, job);
    if (problem) throw new Error(problem.message);
    for (const batch of batches) await loadBatch({ ...lake, ...tools }, batch, tables);
    const table = lake.engine.dialect.table('targets');
    const rows = await queryRows(
      lake.engine,
      `SELECT member, starts_on, value FROM ${table} ORDER BY member, starts_on`,
    );
    held.push(rows.map(({ member, starts_on, value }) => `${member} ${starts_on} ${value}`));
  }
  await rm(folder, { recursive: true });
  return held;
}
