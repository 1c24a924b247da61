/** What may be used within an hour or a day (UTC), by the vendor's name for it. */
export interface Allowance {
  readonly name: string;
  readonly most: number;
  readonly span: 'hour' | 'day';
}

export interface AllowanceBook {
  /** The first allowance that has too little left for one more request; undefined: there is enough of all. */
  exhausted(): Allowance | undefined;
  /** Charges a request, and says what is used and left. */
  take(): Readonly<Record<string, { readonly consumed: number; readonly remaining: number }>>;
}

const LENGTH = { hour: 13, day: 10 } as const;

/** Counts requests, each of which costs as much. */
export function allowanceBook(
  now: () => Date,
  allowances: readonly Allowance[],
  cost: number,
): AllowanceBook {
  const used = new Map<string, number>();
  const keyOf = ({ name, span }: Allowance): string =>
    `${name} ${now().toISOString().slice(0, LENGTH[span])}`;
  const usedOf = (allowance: Allowance): number => used.get(keyOf(allowance)) ?? 0;
  return {
    exhausted: () => allowances.find((each) => usedOf(each) + cost > each.most),
    take() {
      for (const each of allowances) used.set(keyOf(each), usedOf(each) + cost);
      return Object.fromEntries(
        allowances.map((each) => [
          each.name,
          { consumed: usedOf(each), remaining: each.most - usedOf(each) },
        ]),
      );
    },
  };
}
