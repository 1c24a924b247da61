import type { VigieError } from '../../platform/errors.ts';
import type { Dimension } from './dimension.ts';
import { fieldsOf } from './front-matter.ts';
import { type Kpi, type KpiFrontMatter, kpiFrontMatter, periodNames } from './kpi.ts';
import type { SqlFile } from './sql-files.ts';

/**
 * A KPI that cannot be computed, with what of its file can be read: it stays in its place in mails, page and alerts, and
 * is said to have failed. It has no version, for no figure of it is made.
 */
export function brokenKpi(
  source: SqlFile,
  dimensions: ReadonlyMap<string, Dimension>,
  problem: VigieError,
): Kpi {
  const { file, name, text } = source;
  const facts = { ...unknown(name), ...readable(text) };
  const brokenDownBy = facts.dimensions.flatMap((each) => dimensions.get(each) ?? []);
  return {
    ...facts,
    headline: facts.windows.includes(facts.headline) ? facts.headline : (facts.windows[0] ?? 'day'),
    ...{ id: name, file, sql: '', sqlLine: 1, cube: null, reads: {}, counts: [], dependsOn: [], views: [] },
    ratio: facts.ratio ?? facts.denominator !== undefined,
    additive: facts.additive ?? false,
    dimensions: Object.fromEntries(brokenDownBy.map(({ id, names }) => [id, names])),
    brokenDownBy,
    runbook: `docs/kpis.md#${name}`,
    version: '',
    problem,
  };
}

/** What stands for a fact that is not known. */
function unknown(name: string): KpiFrontMatter {
  return {
    names: { en: name },
    describes: { en: name },
    unit: 'count',
    good: 'neither',
    windows: [...periodNames],
    headline: 'day',
    dimensions: [],
    reads: {},
    theme: 'sales',
    audience: ['executive'],
  };
}

/** The fields of the front matter that are right by themselves. */
function readable(text: string): Partial<KpiFrontMatter> {
  const given = fieldsOf(text);
  const fields = Object.entries(kpiFrontMatter.shape).flatMap(([field, schema]) => {
    if (given[field] === undefined) return [];
    const parsed = schema.safeParse(given[field]);
    return parsed.success ? [[field, parsed.data] as const] : [];
  });
  return Object.fromEntries(fields) as Partial<KpiFrontMatter>;
}
