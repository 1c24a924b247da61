/**
 * A scope of which a delivery says less than the lake had: a past day of an ad account whose conversions or cost fell.
 * Vendors restate such days a little and mostly upwards; a fall to nothing is a tag that went, a lost permission or a
 * broken export. Kept in `LoadedState` for the day on which it was delivered.
 */
export interface Restatement {
  /** The as-of date of the delivery. */
  readonly asOf: string;
  /** What identifies the scope, in the order of the table's `scope`. */
  readonly scope: readonly string[];
  /** By column: what the lake had before that day's deliveries, and what they say. Exact decimals as text. */
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

/** How far a column fell: 1 to nothing, 0 not at all. */
export function fallOf({ before, after }: Pick<Restatement, 'before' | 'after'>, column: string): number {
  const [had, has] = [Number(before[column] ?? 0), Number(after[column] ?? 0)];
  return had <= 0 || has >= had ? 0 : (had - has) / had;
}

/** The columns that fell to nothing, or by more than a share of what they were. */
export const fallen = (restatement: Restatement, share: number): readonly string[] =>
  Object.keys(restatement.before).filter((column) => {
    const fall = fallOf(restatement, column);
    return fall >= 1 || fall > share;
  });
