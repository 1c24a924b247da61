/** Rows by table, as the lake has them. */
export type Rows = Readonly<Record<string, readonly Record<string, unknown>[]>>;
