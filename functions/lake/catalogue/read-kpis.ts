import { VigieError } from '../../platform/errors.ts';
import { suggestion } from '../values/nearest.ts';
import { type Adjustment, adjusted, readAdjustment } from './adjustment.ts';
import type { BrokenPart } from './broken.ts';
import { brokenKpi } from './broken-kpi.ts';
import { readSqlFile } from './front-matter.ts';
import { type Kpi, kpiFrontMatter } from './kpi.ts';
import { type Known, resolveKpi } from './resolve-kpi.ts';
import { filesIn, type SqlFile, sqlFiles } from './sql-files.ts';
import { versionOf } from './version.ts';

/** What KPIs may name, whoever they are. */
type Shared = Omit<Known, 'own'>;

/**
 * Reads `kpis/*.sql` of the folders, by id, with what `kpis/*.yaml` of later ones says otherwise. One that is broken is
 * noted and stays in the list, with its problem.
 */
export function readKpis(folders: readonly string[], known: Shared): Kpi[] {
  const { faults } = known;
  const files = sqlFiles(folders, 'KPI', faults);
  const adjustments = readAdjustments(folders, files, known);
  return files.map((file) => {
    const part = { kind: 'KPI', name: file.name, file: file.file } as const;
    const kpi = faults.of(file.name, 'KPI')
      ? undefined
      : faults.attempt(part, () => readKpi(file, adjustments.get(file.name), known));
    return kpi ?? brokenKpi(file, known.dimensions, (faults.of(file.name, 'KPI') as BrokenPart).error);
  });
}

function readKpi(file: SqlFile, adjustment: Adjustment | undefined, shared: Shared): Kpi {
  const own = file.folder > 0;
  const read = readSqlFile(file.file, file.text, kpiFrontMatter);
  const full = adjusted(read, adjustment);
  const known: Known = { ...shared, own: own || adjustment !== undefined };
  const kpi = resolveKpi(file, full, known);
  const version = versionOf(full.facts, kpi.sql, shared.viewsOf(kpi), kpi.brokenDownBy);
  return { ...kpi, version, ...(adjustment && { adjustedBy: adjustment.file }) };
}

/** By the KPI; a file that adjusts nothing, or what may not be adjusted, makes the KPI of its name broken. */
function readAdjustments(
  folders: readonly string[],
  files: readonly SqlFile[],
  { faults }: Shared,
): Map<string, Adjustment> {
  const found = new Map<string, Adjustment>();
  for (const source of filesIn(folders, 'KPI', '.yaml', faults)) {
    const part = { kind: 'KPI', name: source.name, file: source.file } as const;
    const adjustment = faults.attempt(part, () => {
      refuseTarget(source, files);
      return readAdjustment(source);
    });
    const other = found.get(source.name);
    if (other) faults.twice(part, other.file, 'Write all that is adjusted into one of the two.');
    else if (adjustment) found.set(source.name, adjustment);
  }
  return found;
}

function refuseTarget({ file, name, folder }: SqlFile, files: readonly SqlFile[]): void {
  const target = files.find((each) => each.name === name);
  const refuse = (message: string, hint: string): never => {
    throw new VigieError(`${file}: ${message}`, { code: 'ADJUSTS_NOTHING', hint, where: { file, line: 1 } });
  };
  if (!target) {
    const ids = files.map((each) => each.name);
    refuse(
      `there is no KPI \`${name}\` to adjust; ${suggestion(name, ids)}`,
      `A KPI of your own is kpis/${name}.sql; \`vigie new kpi ${name}\` writes one.`,
    );
  } else if (target.folder >= folder)
    refuse(
      `adjusts ${target.file}, which is your own`,
      `Change ${target.file} itself, and remove this file.`,
    );
}
