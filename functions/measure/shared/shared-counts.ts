import { isDeepStrictEqual } from 'node:util';
import type { Catalogue } from '../../lake/catalogue/catalogue.ts';
import { OWN_ROWS } from '../../lake/catalogue/cube.ts';
import type { Kpi } from '../../lake/catalogue/kpi.ts';
import type { Company } from '../../lake/company/company.ts';
import { problemOf } from '../../lake/landing/batch.ts';
import type { Scratch } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Counted } from '../cube/cube-statement.ts';
import { type Part, partsOf } from '../cube/parts.ts';
import { partStatement, windowsOf } from '../statement.ts';
import { familyOf, type SharedPart, sharedParts, takenFrom } from './shared-parts.ts';

export interface SharedInput {
  readonly company: Company;
  readonly catalogue: Catalogue;
  /** Those that a run measures. */
  readonly kpis: readonly Kpi[];
  /** As-of dates that each of them is measured for; ascending. */
  readonly asOfs: readonly string[];
}

interface Kept {
  readonly part: SharedPart;
  /** KPIs that are not done. */
  readonly waiting: Set<string>;
  /** The relation; undefined where it could not be computed. */
  relation?: Promise<string | undefined>;
}

/**
 * What several KPIs of a run count, computed by whoever asks first and kept until the last of them is done. A KPI whose
 * shared part cannot be computed counts for itself, and tells by its own statement what is wrong.
 */
export class SharedCounts {
  readonly #platform: Pick<Platform, 'engine' | 'log'>;
  readonly #scratch: Scratch;
  readonly #input: SharedInput;
  readonly #kept: readonly Kept[];

  constructor(platform: Pick<Platform, 'engine' | 'log'>, scratch: Scratch, input: SharedInput) {
    this.#platform = platform;
    this.#scratch = scratch;
    this.#input = input;
    const windows = (kpi: Kpi) => windowsOf(kpi, input.company.kpis.windows_off);
    this.#kept = sharedParts(input.kpis, windows).map((part) => ({ part, waiting: new Set(part.kpis) }));
  }

  /** What is kept of what a KPI counts; of days that the run does not measure nothing is. */
  async of(kpi: Kpi, asOfs: readonly string[]): Promise<Counted> {
    const isOfRun = asOfs.every((day) => this.#input.asOfs.includes(day));
    const relations = new Map<Part, string>();
    for (const part of kpi.cube && isOfRun ? partsOf(kpi.cube) : []) {
      const kept = this.#kept.find((each) => each.waiting.has(kpi.id) && isPartOf(each.part, part));
      if (kept === undefined) continue;
      kept.relation ??= this.#keep(kept.part);
      const relation = await kept.relation;
      if (relation !== undefined) relations.set(part, relation);
    }
    return (part) => {
      const [, relation] = [...relations].find(([known]) => isDeepStrictEqual(known, part)) ?? [];
      return relation === undefined ? undefined : takenFrom(relation, part);
    };
  }

  /**
   * A KPI is measured, or will not be: what nobody else waits for is let go. Who is the last one is settled before
   * anything is awaited: two KPIs that end at once would both drop it. What cannot be dropped ends with the engine.
   */
  async done(kpi: string): Promise<void> {
    const over = this.#kept.filter(({ waiting }) => waiting.delete(kpi) && waiting.size === 0);
    for (const kept of over) {
      const relation = await kept.relation;
      if (relation !== undefined) await this.#drop(relation);
    }
  }

  async #drop(relation: string): Promise<void> {
    try {
      await this.#scratch.drop(relation);
    } catch (error) {
      this.#platform.log.warn('what several KPIs counted stays until the end', {
        relation,
        ...problemOf(error),
      });
    }
  }

  async #keep({ part, windows }: SharedPart): Promise<string | undefined> {
    const { company, catalogue, asOfs } = this.#input;
    const { engine, log } = this.#platform;
    const facts = { dialect: engine.dialect, company: company.company, catalogue, asOfs };
    try {
      const label = `what several KPIs count of ${part.rows}`;
      return await this.#scratch.keep(partStatement(facts, part, windows), { label });
    } catch (error) {
      const { code, message } = problemOf(error);
      log.warn('each KPI counts for itself', { rows: part.rows, code, message });
      return undefined;
    }
  }
}

const isPartOf = (shared: SharedPart, part: Part): boolean =>
  part.rows !== OWN_ROWS && familyOf(shared.part) === familyOf(part);
