import type { Catalogue } from '../../lake/catalogue/catalogue.ts';
import type { Kpi } from '../../lake/catalogue/kpi.ts';
import { problemOf } from '../../lake/landing/batch.ts';
import type { Scratch } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import { type StatementInput, viewStatement } from '../statement.ts';

/** A view that several KPIs read themselves, and where its rows are: by the statement that gave them. */
interface Kept {
  readonly view: string;
  /** KPIs that are not done. */
  readonly waiting: Set<string>;
  /** Relations; undefined where the rows could not be kept. */
  readonly relations: Map<string, Promise<string | undefined>>;
}

/**
 * The rows of views that follow the periods and that several KPIs of a run read themselves: computed by whoever asks first,
 * and kept until the last of them is done. Only the same statement is the same rows, so whatever a KPI asks for, other days or
 * windows, it gets its own. Views that do not follow the periods are what tables hold: the engine joins them as it likes.
 */
export class SharedViews {
  readonly #platform: Pick<Platform, 'log'>;
  readonly #scratch: Scratch;
  readonly #kept: readonly Kept[];

  constructor(
    platform: Pick<Platform, 'log'>,
    scratch: Scratch,
    { catalogue, kpis }: { readonly catalogue: Catalogue; readonly kpis: readonly Kpi[] },
  ) {
    this.#platform = platform;
    this.#scratch = scratch;
    this.#kept = catalogue.views.flatMap(({ name, sql }) => {
      const readers = kpis.filter(({ cube, views }) => cube === null && views.includes(name));
      if (readers.length < 2 || !PERIODS.test(sql)) return [];
      return [{ view: name, waiting: new Set(readers.map(({ id }) => id)), relations: new Map() }];
    });
  }

  /** Where the rows are that a KPI's statement would read: a relation by the view's name. */
  async of(input: StatementInput): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const kept of this.#kept.filter(({ waiting }) => waiting.has(input.kpi.id))) {
      const select = viewStatement(input, kept.view);
      if (select === null) continue;
      const relation = kept.relations.get(select) ?? this.#keep(kept.view, select);
      kept.relations.set(select, relation);
      const name = await relation;
      if (name !== undefined) found.set(kept.view, name);
    }
    return found;
  }

  /** A KPI is done: what nobody else waits for is let go. Who is the last one is settled before anything is awaited. */
  async done(kpi: string): Promise<void> {
    const over = this.#kept.filter(({ waiting }) => waiting.delete(kpi) && waiting.size === 0);
    for (const { view, relations } of over)
      for (const each of relations.values()) {
        const relation = await each;
        if (relation !== undefined) await this.#drop(view, relation);
      }
  }

  /** What cannot be kept, each KPI computes in its own statement, and tells by it what is wrong. */
  async #keep(view: string, select: string): Promise<string | undefined> {
    try {
      return await this.#scratch.keep(select, { label: `what several KPIs read of ${view}` });
    } catch (error) {
      const { code, message } = problemOf(error);
      this.#platform.log.warn('each KPI reads for itself', { view, code, message });
      return undefined;
    }
  }

  async #drop(view: string, relation: string): Promise<void> {
    try {
      await this.#scratch.drop(relation);
    } catch (error) {
      const problem = problemOf(error);
      this.#platform.log.warn('what several KPIs read stays until the end', { view, relation, ...problem });
    }
  }
}

const PERIODS = /\bperiods\b/i;
