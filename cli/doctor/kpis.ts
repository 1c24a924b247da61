import { type Kpi, type Theme, themes } from '../../functions/lake/catalogue/kpi.ts';
import { unfedTables } from '../../functions/lake/catalogue/kpi-needs.ts';
import { kpisOn } from '../../functions/lake/company/chosen-kpis.ts';
import { allFedTables } from '../../functions/lake/company/fed-tables.ts';
import { counted } from '../../functions/task.ts';
import type { Context } from '../context.ts';
import type { Symptom } from './symptom.ts';

type Facts = Pick<Context, 'company' | 'catalogue'>;

/** A KPI, and the tables that no source fills. */
interface Lacking {
  readonly kpi: Kpi;
  readonly missing: readonly string[];
}

/** Tables to feed, and the KPIs that there are once they are fed. */
export interface NextStep {
  readonly tables: readonly string[];
  readonly kpis: readonly string[];
}

/** Steps that are named: the others are in `vigie kpis`. */
const MOST_STEPS = 3;
/** KPIs that are named with a step. */
const MOST_NAMES = 4;

/**
 * Which figures there will be, theme by theme, what the others lack, and the smallest step to more of them. Nobody has every
 * system there is: a KPI whose tables no source fills is no trouble, unless the digest should show it.
 */
export function kpiSymptom({ company, catalogue }: Facts): Symptom {
  const fed = allFedTables(company.sources);
  const wanted = kpisOn(company, catalogue.kpis).filter((kpi) => !kpi.problem);
  const without = wanted
    .map((kpi): Lacking => ({ kpi, missing: unfedTables(kpi, fed) }))
    .filter(({ missing }) => missing.length > 0);
  const finding = `${wanted.length - without.length} of ${wanted.length} can be computed (${byTheme(wanted, without)})`;
  const what = 'KPIs';
  if (without.length === 0) return { what, status: 'ok', finding };
  const { digest = [], dashboard = [] } = company.kpis;
  const shown = without.filter(({ kpi }) => [...digest, ...dashboard].includes(kpi.id));
  const remedy = stepsText(nextSteps(wanted, fed));
  if (shown.length === 0)
    return {
      what,
      status: 'ok',
      finding: `${finding}; \`vigie kpis\` says what each of the others lacks`,
      remedy,
    };
  const said = shown.map(({ kpi, missing }) => `${kpi.id}, which lacks ${missing.join(', ')}`).join('; ');
  return {
    what,
    status: 'warning',
    finding: `${finding}; the digest lists ${said}`,
    remedy: `Add a feed for what is lacking, or take the KPI out of \`kpis\`. ${remedy}`,
  };
}

/** `sales 9 of 12, funnel 0 of 14` */
function byTheme(wanted: readonly Kpi[], without: readonly Lacking[]): string {
  const of = (theme: Theme, kpis: readonly Kpi[]): number => kpis.filter((kpi) => kpi.theme === theme).length;
  const lacking = without.map(({ kpi }) => kpi);
  return themes
    .filter((theme) => of(theme, wanted) > 0)
    .map((theme) => `${theme} ${of(theme, wanted) - of(theme, lacking)} of ${of(theme, wanted)}`)
    .join(', ');
}

/**
 * What to feed next: the tables that alone bring most KPIs, most first. Where no table alone brings any, the fewest tables
 * that together bring one.
 */
export function nextSteps(kpis: readonly Kpi[], fed: ReadonlySet<string>): NextStep[] {
  const lacking = kpis.flatMap((kpi): Lacking[] => {
    const missing = unfedTables(kpi, fed);
    return missing.length === 0 ? [] : [{ kpi, missing }];
  });
  const gainOf = (tables: readonly string[]): NextStep => {
    const then = new Set([...fed, ...tables]);
    return {
      tables,
      kpis: lacking.flatMap(({ kpi }) => (unfedTables(kpi, then).length === 0 ? [kpi.id] : [])),
    };
  };
  const tables = [...new Set(lacking.flatMap(({ missing }) => missing))].sort();
  const single = tables.map((table) => gainOf([table])).filter(({ kpis: gained }) => gained.length > 0);
  if (single.length > 0) return single.toSorted((a, b) => b.kpis.length - a.kpis.length);
  const [fewest] = lacking.toSorted((a, b) => a.missing.length - b.missing.length);
  return fewest ? [gainOf(fewest.missing)] : [];
}

function stepsText(steps: readonly NextStep[]): string {
  const said = steps.slice(0, MOST_STEPS).map(({ tables, kpis }) => {
    const named = kpis.slice(0, MOST_NAMES).join(', ');
    const more = kpis.length > MOST_NAMES ? ', …' : '';
    return `\`${tables.join('` and `')}\` gives ${counted(kpis.length, 'KPI')} more (${named}${more})`;
  });
  return `The smallest next step: ${said.join('; ')}. As a file, or from a source: docs/sources/README.md; its columns: docs/tables.md.`;
}
