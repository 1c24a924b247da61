import type { SharedCounts } from './shared/shared-counts.ts';

/**
 * What the KPIs of one run share when one process measures them all. Whoever walks them makes one for the run and hands it
 * to each; a function that measures a single KPI has none.
 */
export class Together {
  #counts: { readonly shared: SharedCounts | undefined } | undefined;

  /** What they count alike, made by the first that asks; undefined where the engine keeps nothing between statements. */
  sharedCounts(make: () => SharedCounts | undefined): SharedCounts | undefined {
    this.#counts ??= { shared: make() };
    return this.#counts.shared;
  }
}
