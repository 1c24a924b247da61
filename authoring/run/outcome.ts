/** What came of one thing that was tested. */
export interface Outcome {
  /** What it belongs to, as people name it: a KPI's id, `lint`, `definitions`. */
  readonly group: string;
  readonly name: string;
  /** `note`: nothing is wrong, but somebody may want to know. */
  readonly status: 'ok' | 'failed' | 'note';
  /** `cases/our_kpi.yaml:12`; null where it has no place. */
  readonly place: string | null;
  /** Why it failed: a message and its remedy, or the rows expected and returned. */
  readonly details: readonly Detail[];
}

export interface Detail {
  /** `missing`: expected and did not come; `extra`: came and was not expected; `same`: as expected. */
  readonly kind: 'text' | 'missing' | 'extra' | 'same';
  readonly text: string;
}
