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
import { movesStatement, partStatement, windowsOf } from '../statement.ts';
import { type CountedDays, type DayTotals, dayTotalsOf, onlySum } from './shared-days.ts';
import {
  familyOf,
  type Pass,
  passOf,
  type SharedPart,
  samePass,
  sharedName,
  sharedParts,
  takenFrom,
} from './shared-parts.ts';
import { SharedViews } from './shared-views.ts';
import { keepInSlices, relationOf, type Slice } from './slices.ts';

export interface SharedInput {
  readonly company: Company;
  readonly catalogue: Catalogue;
  /** Those that a run measures. */
  readonly kpis: readonly Kpi[];
  /** As-of dates that each of them is measured for; ascending. */
  readonly asOfs: readonly string[];
}

/** As-of dates whose figures are made at once: a year's, as slices of a quarter take half as long again to be ranked. */
const DAYS_AT_ONCE = 366;

interface Kept {
  readonly part: SharedPart;
  /** KPIs that are not done. */
  readonly waiting: Set<string>;
  /** Those whose rows are read together with its own, itself among them. */
  readonly beside: Kept[];
  /** Where its figures are, some days each; undefined where they could not be computed. */
  slices?: Promise<readonly Slice[] | undefined>;
  /** What its rows add up to by day; undefined where that is not known. */
  days?: Promise<DayTotals | undefined> | undefined;
  /** Settled once what it was made from is let go. */
  madeFrom?: Promise<void>;
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
  /** What several KPIs read, beside what they count. */
  readonly views: SharedViews;

  constructor(platform: Pick<Platform, 'engine' | 'log'>, scratch: Scratch, input: SharedInput) {
    this.#platform = platform;
    this.#scratch = scratch;
    this.#input = input;
    const windows = (kpi: Kpi) => windowsOf(kpi, input.company.kpis.windows_off);
    this.views = new SharedViews(platform, scratch, input);
    this.#kept = withThoseBeside(sharedParts(input.kpis, windows));
  }

  /**
   * The days in the parts by which all that a KPI counts is kept: asked for so, each of its statements sorts no more than a
   * part. All days at once where something of it is counted of rows.
   */
  async partsOf(kpi: Kpi, asOfs: readonly string[]): Promise<readonly (readonly string[])[]> {
    if (kpi.cube === null || !this.#isOfRun(asOfs)) return [asOfs];
    const kept = partsOf(kpi.cube).map((part) => this.#keptOf(kpi, part));
    const slices = await Promise.all(kept.map((each) => each && this.#slicesOf(each)));
    const [first] = slices;
    if (first === undefined || slices.includes(undefined)) return [asOfs];
    return first
      .map((slice) => slice.asOfs.filter((asOf) => asOfs.includes(asOf)))
      .filter((days) => days.length > 0);
  }

  /** What is kept of what a KPI counts; of days that the run does not measure nothing is. */
  async of(kpi: Kpi, asOfs: readonly string[]): Promise<Counted> {
    const relations = new Map<Part, string>();
    for (const part of kpi.cube && this.#isOfRun(asOfs) ? partsOf(kpi.cube) : []) {
      const kept = this.#keptOf(kpi, part);
      const slices = kept && (await this.#slicesOf(kept));
      if (slices !== undefined) relations.set(part, relationOf(slices, asOfs));
    }
    return (part) => {
      const [, relation] = [...relations].find(([known]) => isDeepStrictEqual(known, part)) ?? [];
      return relation === undefined ? undefined : takenFrom(relation, part);
    };
  }

  /** What a KPI's one value comes to on each day that is read for its windows; undefined where that is not known. */
  async days(kpi: Kpi): Promise<CountedDays | undefined> {
    const sum = onlySum(kpi);
    const kept = sum && this.#keptOf(kpi, sum.part);
    if (!sum || !kept) return undefined;
    void this.#slicesOf(kept);
    return (await kept.days)?.get(sum.name);
  }

  #keptOf = (kpi: Kpi, part: Part): Kept | undefined =>
    this.#kept.find((each) => each.waiting.has(kpi.id) && isPartOf(each.part, part));

  /**
   * A KPI is measured, or will not be: what nobody else waits for is let go. Who is the last one is settled before
   * anything is awaited: two KPIs that end at once would both drop it. What cannot be dropped ends with the engine.
   */
  async done(kpi: string): Promise<void> {
    const over = this.#kept.filter(({ waiting }) => waiting.delete(kpi) && waiting.size === 0);
    const views = this.views.done(kpi);
    for (const kept of over) {
      const slices = await kept.slices;
      await kept.madeFrom;
      for (const { relation } of slices ?? []) await this.#drop(relation);
    }
    await views;
  }

  #isOfRun(asOfs: readonly string[]): boolean {
    const known = new Set(this.#input.asOfs);
    return asOfs.every((day) => known.has(day));
  }

  /** Whoever asks first has it computed. */
  #slicesOf(kept: Kept): Promise<readonly Slice[] | undefined> {
    if (kept.slices === undefined) this.#keep(kept);
    return kept.slices as Promise<readonly Slice[] | undefined>;
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

  /**
   * Computes a part, and those beside it, one after the other: what their rows add up to is there for no longer than that
   * takes.
   */
  #keep(kept: Kept): void {
    const wanted = kept.beside.filter(({ waiting }) => waiting.size > 0);
    const pass = passOf(wanted.map(({ part }) => part));
    const moved = pass && this.#moved(pass);
    const days = pass && moved && this.#days(pass, moved);
    let before: Promise<unknown> = Promise.resolve();
    for (const each of wanted) {
      each.slices = before.then(() => this.#counted(each.part, moved));
      each.days = days;
      before = each.slices;
    }
    if (moved) kept.madeFrom = this.#dropAfter([before, days], moved);
  }

  /** Of sums that are kept a part is made a year at a time; of rows, which each statement reads again, all at once. */
  async #counted(
    { part, windows }: SharedPart,
    moved?: Promise<string | undefined>,
  ): Promise<readonly Slice[] | undefined> {
    const relation = await moved;
    const from = relation === undefined ? undefined : { relation, keptAs: sharedName };
    const { asOfs } = this.#input;
    const select = (days: readonly string[]) =>
      partStatement({ ...this.#facts(), asOfs: days }, part, windows, from);
    return keepInSlices(asOfs, from === undefined ? asOfs.length : DAYS_AT_ONCE, {
      keep: (days) => this.#scratch.keep(select(days), labelOf(part.rows)),
      drop: (each) => this.#drop(each),
    }).catch((error) => this.#notKept(part.rows, error));
  }

  #moved({ part, windows }: Pass): Promise<string | undefined> {
    return this.#scratch
      .keep(movesStatement(this.#facts(), part, windows), labelOf(part.rows))
      .catch((error) => this.#notKept(part.rows, error));
  }

  async #days(pass: Pass, moved: Promise<string | undefined>): Promise<DayTotals | undefined> {
    const relation = await moved;
    if (relation === undefined) return undefined;
    try {
      return await dayTotalsOf(this.#platform.engine, relation, pass, this.#input);
    } catch (error) {
      const { code, message } = problemOf(error);
      this.#platform.log.warn('each KPI reads its days for itself', { rows: pass.part.rows, code, message });
      return undefined;
    }
  }

  async #dropAfter(users: readonly unknown[], moved: Promise<string | undefined>): Promise<void> {
    await Promise.all(users);
    const relation = await moved;
    if (relation !== undefined) await this.#drop(relation);
  }

  #facts() {
    const { company, catalogue, asOfs } = this.#input;
    return { dialect: this.#platform.engine.dialect, company: company.company, catalogue, asOfs };
  }

  #notKept(rows: string, error: unknown): undefined {
    const { code, message } = problemOf(error);
    this.#platform.log.warn('each KPI counts for itself', { rows, code, message });
  }
}

const labelOf = (rows: string) => ({ label: `what several KPIs count of ${rows}` });

function withThoseBeside(parts: readonly SharedPart[]): Kept[] {
  const groups: Kept[][] = [];
  for (const part of parts) {
    const group = groups.find((each) => each.every((other) => samePass(other.part.part, part.part)));
    const beside = group ?? [];
    beside.push({ part, waiting: new Set(part.kpis), beside });
    if (group === undefined) groups.push(beside);
  }
  return groups.flat();
}

const isPartOf = (shared: SharedPart, part: Part): boolean =>
  part.rows !== OWN_ROWS && familyOf(shared.part) === familyOf(part);
