import { type Bucket, writeJson } from '../../platform/bucket.ts';
import type { List } from '../catalogue/list.ts';
import { readState } from '../state/file.ts';

/** Something to act on, and why. */
export interface ListEntry {
  readonly key: string;
  /** By column; amounts as exact decimals in text. */
  readonly values: Readonly<Record<string, string | number | null>>;
  /** The rules it was held against, most points first. */
  readonly reasons: readonly ListReason[];
}

/** What a criterion gave, of what it could have given at most. */
export interface ListReason {
  readonly reason: string;
  readonly points: number;
  readonly most: number;
  /** What is known of the entry. */
  readonly found: string | null;
  /** The rule that gave the points; nulls where none did, or a bound is open. */
  readonly word: string | null;
  readonly atLeast: string | null;
  readonly atMost: string | null;
}

/** A list as it was made for a day, at `lists/<as_of>/<id>.json`. A run of the same day replaces it. */
export interface ListOfDay {
  readonly list: string;
  readonly asOf: string;
  readonly run: string;
  /** In their order. */
  readonly entries: readonly ListEntry[];
}

export const listKey = (asOf: string, list: string): string => `lists/${asOf}/${list}.json`;

export const writeList = (bucket: Bucket, list: ListOfDay): Promise<void> =>
  writeJson(bucket, listKey(list.asOf, list.list), list);

/** Undefined where none was made. Throws STATE_DAMAGED. */
export const readList = (
  bucket: Bucket,
  { id }: Pick<List, 'id'>,
  asOf: string,
): Promise<ListOfDay | undefined> => readState<ListOfDay>(bucket, listKey(asOf, id));
