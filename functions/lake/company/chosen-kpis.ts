import { type Kpi, type Theme, themes } from '../catalogue/kpi.ts';
import type { Words } from '../values/language.ts';
import type { Company } from './company.ts';
import { allFedTables } from './fed-tables.ts';

/** Why a company does not go by a KPI. */
export type OffReason =
  | { readonly kind: 'unreliable'; readonly reason: string | Words }
  /** Of a theme that `kpis.themes` does not name. */
  | { readonly kind: 'theme'; readonly theme: Theme };

type Chooser = Pick<Company, 'kpis'>;
type Themed = Pick<Kpi, 'id' | 'theme'>;

/** Why the company does not have a KPI computed; null where it has. */
export function whyOff({ kpis }: Chooser, { id, theme }: Themed): OffReason | null {
  const reason = Object.hasOwn(kpis.off, id) ? kpis.off[id] : undefined;
  if (reason !== undefined) return { kind: 'unreliable', reason };
  return kpis.themes === undefined || kpis.themes.includes(theme) ? null : { kind: 'theme', theme };
}

/** The KPIs that a company has computed. */
export const kpisOn = <K extends Themed>(company: Chooser, kpis: readonly K[]): K[] =>
  kpis.filter((kpi) => whyOff(company, kpi) === null);

/**
 * The themes of a company, in the order in which it is told of them: as `kpis.themes` has them. Without it the funnel is
 * first where leads or deals are delivered and no carts are (software sold through demos), else sales.
 */
export function themesOf({ kpis, sources }: Pick<Company, 'kpis' | 'sources'>): readonly Theme[] {
  if (kpis.themes) return kpis.themes;
  return livesByFunnel(allFedTables(sources))
    ? ['funnel', ...themes.filter((theme) => theme !== 'funnel')]
    : themes;
}

const livesByFunnel = (fed: ReadonlySet<string>): boolean => hasFunnel(fed) && !fed.has('carts');

/** Whether a company has a funnel to tell of. */
export const hasFunnel = (fed: ReadonlySet<string>): boolean => fed.has('leads') || fed.has('deals');
