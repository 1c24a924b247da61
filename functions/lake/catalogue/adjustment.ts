import { z } from 'zod';
import { VigieError } from '../../platform/errors.ts';
import { type Words, words } from '../values/language.ts';
import { suggestion } from '../values/nearest.ts';
import { directions } from '../values/vocabulary.ts';
import { mistakesError, type Path } from '../yaml/mistake.ts';
import { schemaMistakes } from '../yaml/schema-mistakes.ts';
import { readYaml } from '../yaml/source.ts';
import type { SqlFile as ReadFile } from './front-matter.ts';
import { audiences, benchmark, type KpiFrontMatter, periodNames, themes } from './kpi.ts';
import type { SqlFile } from './sql-files.ts';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _');
/**
 * `kpis/<id>.yaml` of a company's folder: what is said otherwise of a KPI that ships with Vigie. What it counts stays: for
 * that, a KPI of one's own has another name.
 */
const adjustmentFile = z
  .strictObject({
    names: words.optional(),
    describes: words.optional(),
    /** null: none. */
    advice: words.nullable().optional(),
    good: z.enum(directions).optional(),
    windows: z.array(z.enum(periodNames)).min(1).optional(),
    headline: z.enum(periodNames).optional(),
    /** A list: these. Else those to add to what ships, and to drop of it. */
    dimensions: z
      .union([
        z.array(name),
        z.strictObject({ add: z.array(name).default([]), drop: z.array(name).default([]) }),
      ])
      .optional(),
    /** null: none. */
    benchmark: benchmark.nullable().optional(),
    theme: z.enum(themes).optional(),
    audience: z.array(z.enum(audiences)).min(1).optional(),
  })
  .refine((facts) => Object.keys(facts).length > 0, 'says nothing');
type Facts = z.infer<typeof adjustmentFile>;

/** An adjustment as it was read. */
export interface Adjustment {
  readonly file: string;
  readonly facts: Facts;
  /** The mistake at a field, ready to be thrown. */
  wrong(at: Path, message: string, hint?: string): VigieError;
}

/** Reads one. Throws FRONT_MATTER_INVALID with every mistake and its line. */
export function readAdjustment({ file, text }: SqlFile): Adjustment {
  const source = readYaml(text);
  const mistakes =
    source.syntax.length > 0
      ? source.syntax
      : schemaMistakes(adjustmentFile, source.data ?? {}).map(source.place);
  if (mistakes.length > 0) throw mistakesError(file, mistakes, INVALID);
  const wrong = (at: Path, message: string, hint = HINT): VigieError => {
    const { line } = source.place({ path: at, message });
    return new VigieError(`${file}:${line} ${message}`, { code: INVALID, hint, where: { file, line } });
  };
  return { file, facts: adjustmentFile.parse(source.data), wrong };
}

const INVALID = 'FRONT_MATTER_INVALID';
const HINT = 'docs/own-folder.md says what can be adjusted; what is counted stays.';

/** A KPI's file with what an adjustment says of it; a mistake that comes of that is told in the adjustment's lines. */
export function adjusted(
  read: ReadFile<KpiFrontMatter>,
  adjustment: Adjustment | undefined,
): ReadFile<KpiFrontMatter> {
  if (!adjustment) return read;
  const { names, describes, advice, benchmark: others, dimensions, ...plain } = adjustment.facts;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  const { advice: ownAdvice, benchmark: ownBenchmark, ...rest } = read.facts;
  const newAdvice = advice === undefined ? ownAdvice : wordsOver(ownAdvice, advice);
  const newBenchmark = others === undefined ? ownBenchmark : others;
  return {
    ...read,
    facts: {
      ...rest,
      ...given,
      names: wordsOver(rest.names, names) as Words,
      describes: wordsOver(rest.describes, describes) as Words,
      dimensions: dimensionsWith(rest.dimensions, adjustment),
      ...(newAdvice ? { advice: newAdvice } : {}),
      ...(newBenchmark ? { benchmark: newBenchmark } : {}),
    },
    wrong: (at, message, hint) => {
      const place = typeof at === 'number' ? undefined : placeIn(adjustment, at, rest.dimensions);
      return place ? adjustment.wrong(place, message, hint) : read.wrong(at, message, hint);
    },
  };
}

/** Words of some languages over those there are. */
const wordsOver = (before: Words | undefined, given: Words | null | undefined): Words | undefined =>
  given === undefined ? before : given === null ? undefined : { ...before, ...given };

function dimensionsWith(before: readonly string[], adjustment: Adjustment): string[] {
  const { dimensions } = adjustment.facts;
  if (dimensions === undefined) return [...before];
  if (Array.isArray(dimensions)) return dimensions;
  for (const [at, each] of dimensions.drop.entries())
    if (!before.includes(each))
      throw adjustment.wrong(
        ['dimensions', 'drop', at],
        `has no dimension \`${each}\`; ${suggestion(each, before)}`,
      );
  for (const [at, each] of dimensions.add.entries())
    if (before.includes(each))
      throw adjustment.wrong(['dimensions', 'add', at], `has the dimension \`${each}\` already`);
  return [...before.filter((each) => !dimensions.drop.includes(each)), ...dimensions.add];
}

/** Where in the adjustment a field of the KPI was said; undefined where it was not. */
function placeIn({ facts }: Adjustment, at: Path, before: readonly string[]): Path | undefined {
  const [field, index] = at;
  if (field === 'headline' && facts.headline === undefined && facts.windows !== undefined) return ['windows'];
  if (typeof field !== 'string' || facts[field as keyof Facts] === undefined) return undefined;
  const { dimensions } = facts;
  if (field !== 'dimensions' || Array.isArray(dimensions) || dimensions === undefined) return at;
  const added = Number(index) - (before.length - dimensions.drop.length);
  return added >= 0 ? ['dimensions', 'add', added] : undefined;
}
