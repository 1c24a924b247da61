import { z } from 'zod';
import { words } from '../values/language.ts';
import { suggestion } from '../values/nearest.ts';
import type { Mistake, Path } from '../yaml/mistake.ts';
import { valueAt } from '../yaml/raw.ts';
import { isRecord } from '../yaml/words.ts';

/**
 * A source over an API as the lake's contracts know it: what vigie.yaml may say of it, and which tables it fills. The
 * step `pull` knows the rest (functions/pull/api/source.ts); a composition root hands its kinds over.
 */
export interface SourceKind {
  /** As `kind` in vigie.yaml. */
  readonly kind: string;
  /** The kind's own keys, each with a description. */
  readonly settings: z.ZodObject;
  /** The tables that these settings switch on. */
  tables(settings: unknown): readonly string[];
}

/** A source over an API with everything that other steps need of it, so that they need not know its kind. */
export interface ApiSource {
  readonly kind: string;
  readonly name: string;
  readonly title?: SourceTitle | undefined;
  readonly max_rejected_share: number;
  /** Minutes that a pull of it may take in all. */
  readonly max_minutes: number;
  /** Pages that one question may have. */
  readonly max_pages: number;
  /** First business day wanted. */
  readonly starts_on: string;
  /** The kind's own keys, with defaults filled in; JSON-safe. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly delivers: readonly Delivery[];
}

/** What a source owes a table. */
export interface Delivery {
  readonly table: string;
  /** Trading days that the newest business date may be behind; null: not checked; absent: nothing said. */
  readonly maxAgeDays?: number | null | undefined;
}

/** What readers of mails call a source: its name where nothing is said. */
export const sourceTitle = z.union([z.string().min(1), words]).optional();
export type SourceTitle = z.infer<typeof sourceTitle>;

export const sourceName = z.string().regex(/^[a-z][a-z0-9_-]*$/, 'lower case letters, digits, - and _');

/** Above this share of rejected rows (0.01 = 1 %) in a pull the source counts as failed. */
export const maxRejectedShare = z.number().min(0).max(1).default(0.01);

/** So long a pull of a source may take, in minutes. */
export const maxMinutes = z.number().min(1).max(1440).default(60);

/** So many pages one question may have. */
export const maxPages = z.int().min(1).default(10_000);

const age = z.int().min(0).nullable();

/** The keys that every source over an API has. */
const common = {
  name: sourceName.describe(
    'Its name: in the lake, in mails and in the commands. Lower case letters, digits, - and _. Default: its kind.',
  ),
  title: sourceTitle.describe(
    'What the readers of mails call it, in one text or one a language (`{ en: Web shop, fr: Boutique en ligne }`). Default: its name.',
  ),
  starts_on: z.iso.date().describe('First business day wanted: what happened before is not asked for.'),
  max_rejected_share: maxRejectedShare.describe(
    'Above this share of rejected records (0.01 = 1 %) the source counts as failed.',
  ),
  max_minutes: maxMinutes.describe(
    'Minutes that reading it may take in all. After them it counts as failed for the day, everybody is told in time, and the next run reads on from what was complete.',
  ),
  max_pages: maxPages.describe(
    'Pages that one question may have. A service that always names a next page would else be read for ever.',
  ),
  max_age_days: z
    .union([age, z.record(z.string(), age)])
    .optional()
    .describe(
      'Freshness wanted: the newest business date may be this many trading days behind; null: not checked. One number, or one a table. Default: 0 for tables in which something happens every day.',
    ),
};

/** What vigie.yaml may say of a source of this kind: a strict object. */
export const apiSourceForm = ({ kind, settings }: SourceKind): z.ZodObject =>
  settings
    .safeExtend({ kind: z.literal(kind), ...common, name: common.name.default(kind) })
    .strict() as z.ZodObject;

/** What the form cannot see: tables under `max_age_days` that the source does not fill. */
export function apiSourceMistakes(raw: unknown, path: Path, kinds: readonly SourceKind[]): Mistake[] {
  const kind = kinds.find((each) => each.kind === valueAt(raw, ['kind']));
  const ages = valueAt(raw, ['max_age_days']);
  if (!kind || !isRecord(ages)) return [];
  const parsed = apiSourceForm(kind).safeParse(raw);
  if (!parsed.success) return [];
  const tables = kind.tables(splitKeys(parsed.data).settings);
  return Object.keys(ages)
    .filter((table) => !tables.includes(table))
    .map((table) => ({
      path: [...path, 'max_age_days', table],
      atKey: true,
      message: `the source does not fill a table of this name; ${suggestion(table, tables)}`,
    }));
}

/** A source as its form gave it, with the keys of the kind apart and the tables it fills. */
export function resolveApiSource(parsed: Readonly<Record<string, unknown>>, kind: SourceKind): ApiSource {
  const { own, settings } = splitKeys(parsed);
  return {
    kind: kind.kind,
    name: own['name'] as string,
    ...(own['title'] !== undefined && { title: own['title'] as NonNullable<SourceTitle> }),
    max_rejected_share: own['max_rejected_share'] as number,
    max_minutes: own['max_minutes'] as number,
    max_pages: own['max_pages'] as number,
    starts_on: own['starts_on'] as string,
    settings,
    delivers: kind.tables(settings).map((table) => delivery(table, own['max_age_days'])),
  };
}

function delivery(table: string, ages: unknown): Delivery {
  const maxAgeDays = isRecord(ages) ? ages[table] : ages;
  return maxAgeDays === undefined ? { table } : { table, maxAgeDays: maxAgeDays as number | null };
}

function splitKeys(source: Readonly<Record<string, unknown>>) {
  const isOwn = (key: string): boolean => key === 'kind' || Object.hasOwn(common, key);
  const entries = Object.entries(source);
  return {
    own: Object.fromEntries(entries.filter(([key]) => isOwn(key))),
    settings: Object.fromEntries(entries.filter(([key]) => !isOwn(key))),
  };
}
