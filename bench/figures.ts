/**
 * Every figure of every KPI over the made-up company, as lines of text: to compare what two versions of the code make
 * of the same rows.
 *
 *     node --import tsx bench/figures.ts STATE OUT [kpi …] [--days 365] [--from DATE --to DATE]
 *
 * STATE is a folder that is filled once (the company and its lake) and measured again and again; OUT a folder that gets
 * one file a KPI. Then: diff -r before after
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Context } from '../cli/context.ts';
import type { Kpi } from '../functions/lake/catalogue/kpi.ts';
import { readFigures } from '../functions/lake/snapshot/store.ts';
import { addDays, datesBetween } from '../functions/lake/values/day.ts';
import { measureKpi } from '../functions/measure/measure-kpi.ts';
import { SharedCounts } from '../functions/measure/shared/shared-counts.ts';
import type { Bucket } from '../functions/platform/bucket.ts';
import { fileBucket } from '../functions/platform/local/file-bucket.ts';
import type { Platform } from '../functions/platform/platform.ts';
import { sandboxDefaults, writeSandbox } from '../sandbox/companies/wholesale/write-sandbox.ts';
import { localRun, withContext } from '../test/kit/local-run.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    days: { type: 'string', default: '365' },
    to: { type: 'string', default: '2026-11-21' },
    from: { type: 'string' },
  },
});
const [state = '', out = '', ...only] = positionals;
if (state === '' || out === '')
  throw new Error('figures.ts STATE OUT [kpi …] [--days N] [--from DATE --to DATE]');
const LAST_DAY = '2026-11-21';
const company = join(state, 'company');
const world = {
  config: join(company, 'vigie.yaml'),
  state: join(state, 'vigie'),
  at: `${addDays(LAST_DAY, 1)}T05:00:00Z`,
};

if (!existsSync(world.config)) {
  await writeSandbox({ ...sandboxDefaults, folder: company, endsOn: LAST_DAY });
  await localRun({ ...world, asOf: LAST_DAY });
}

mkdirSync(out, { recursive: true });
const from = options.from ?? addDays(options.to, 1 - Number(options.days));
const asOfs = datesBetween(from, options.to);

/** The platform with a bucket for figures; what was loaded, and so from which day on windows are whole, is read from the state. */
function recordingIn(platform: Platform, bucket: Bucket): Platform {
  const holder = (key: string) =>
    key.startsWith('snapshot/') || key.startsWith('labels/') ? bucket : platform.bucket;
  const split = {
    ...bucket,
    read: (key: string) => holder(key).read(key),
    exists: (key: string) => holder(key).exists(key),
  };
  return { ...platform, bucket: split };
}

/** `as_of period comparison dimension=member numerator / denominator quality`, sorted. */
async function figuresOf(
  { company, catalogue, ...context }: Context,
  kpi: Kpi,
  shared?: SharedCounts,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-figures-'));
  try {
    const started = performance.now();
    const bucket = fileBucket(folder);
    const input = { company, catalogue, kpi, asOfs, run: 'figures', findings: [], shared };
    const run = await measureKpi(recordingIn(context.platform, bucket), input);
    await shared?.done(kpi.id);
    const rows = await readFigures(bucket, { kpis: [kpi.id], from, to: options.to });
    const lines = rows.map(
      (row) =>
        `${row.asOf} ${row.period} ${row.comparison} ${row.dimension ?? 'total'}=${row.member ?? ''} ${row.numerator} / ${row.denominator} ${row.quality}`,
    );
    console.log(
      `${kpi.id.padEnd(30)} ${run.status.padEnd(12)} ${String(lines.length).padStart(8)} rows ${((performance.now() - started) / 1000).toFixed(1)} s ${run.problem?.message ?? ''}`,
    );
    return `${lines.sort().join('\n')}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await withContext(world, async (context) => {
  const { platform, company, catalogue } = context;
  const { engine, log } = platform;
  const kpis = catalogue.kpis.filter(({ id }) => only.length === 0 || only.includes(id));
  const shared =
    engine.scratch && new SharedCounts({ engine, log }, engine.scratch, { company, catalogue, kpis, asOfs });
  for (const kpi of kpis) writeFileSync(join(out, `${kpi.id}.txt`), await figuresOf(context, kpi, shared));
});
