import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type AuthorFolder, authorFolder } from '../../authoring/folder.ts';
import type { Outcome } from '../../authoring/run/outcome.ts';
import { testFolder } from '../../authoring/run/test-folder.ts';
import { type Catalogue, readCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Company } from '../../functions/lake/company/company.ts';
import { duckDbEngine } from '../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { systemClock } from '../../functions/platform/local/system-clock.ts';
import { silentLog } from '../../functions/platform/log.ts';
import { exitCodes } from '../failure.ts';
import { globalOptions } from '../options.ts';
import { readCompanyHere } from '../source-kinds.ts';
import { outcomeLines, sumLine } from '../test/print-outcomes.ts';

export function completeTest(draft: Command): void {
  draft
    .option('--json', 'one JSON line an outcome, for machines')
    .addHelpText(
      'after',
      `
Tests what stands beside vigie.yaml: definitions, SQL that every engine takes, checks, and each case of cases/.
In a clone of Vigie, without a vigie.yaml, it tests what ships.

Examples:
  vigie test
  vigie test our_kpi`,
    )
    .action(async (kpis: string[], { json }: { json?: boolean }, command: Command) => {
      const folder = authorFolder(globalOptions(command).config, process.cwd());
      const catalogue = readCatalogue(folder.folders);
      const company = await companyOf(folder, catalogue);
      const outcomes = await printed({ folder, catalogue, company, kpis }, json === true);
      if (!json) process.stdout.write(`${sumLine(outcomes)}\n`);
      process.exitCode = outcomes.some(({ status }) => status === 'failed')
        ? exitCodes.partly
        : exitCodes.done;
    });
}

/** Whose tables checks are tried on. Throws CONFIG_INVALID: what is tested belongs to a company that can be read. */
async function companyOf({ configFile }: AuthorFolder, catalogue: Catalogue): Promise<Company | null> {
  if (configFile === null) return null;
  return readCompanyHere(configFile, catalogue);
}

/** Tests, and says each outcome as it comes. */
async function printed(what: Parameters<typeof testFolder>[1], json: boolean): Promise<Outcome[]> {
  const place = mkdtempSync(join(tmpdir(), 'vigie-test-'));
  const bucket = fileBucket(place);
  const engine = duckDbEngine({ bucket });
  const outcomes: Outcome[] = [];
  try {
    for await (const outcome of testFolder({ engine, bucket, clock: systemClock, log: silentLog }, what)) {
      const lines = json ? [JSON.stringify(outcome)] : outcomeLines(outcome, outcomes.at(-1));
      process.stdout.write(lines.map((line) => `${line}\n`).join(''));
      outcomes.push(outcome);
    }
  } finally {
    await engine.close();
    rmSync(place, { recursive: true });
  }
  return outcomes;
}
