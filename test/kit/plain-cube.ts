import type { Period } from '../../functions/lake/catalogue/periods.ts';

/** A row of which something is counted. */
export interface PlainRow {
  readonly day: string;
  readonly customer_id: string | null;
  readonly channel: string | null;
  readonly order_id: string;
  readonly amount: number | null;
}

/** undefined: no figure. null: a figure without a value. */
export type PlainValue = number | null | undefined;
/** Counts some rows of one member (or all of them) in a window, the way a person does. */
export type PlainCount = (rows: readonly PlainRow[], period: Period) => PlainValue;

const within = (rows: readonly PlainRow[], from: string, to: string) =>
  rows.filter(({ day }) => day >= from && day <= to);
const inWindow = (rows: readonly PlainRow[], { startsOn, endsOn }: Period) => within(rows, startsOn, endsOn);
const total = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};
const groups = <T>(rows: readonly T[], by: (row: T) => string | null): T[][] => {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const key = by(row);
    if (key !== null) found.set(key, [...(found.get(key) ?? []), row]);
  }
  return [...found.values()];
};
const customers = (rows: readonly PlainRow[]) => groups(rows, ({ customer_id }) => customer_id);
const unlessNone = (whole: readonly unknown[], value: number | null): PlainValue =>
  whole.length === 0 ? undefined : value;

export const sum: PlainCount = (rows, period) => {
  const inside = inWindow(rows, period);
  return unlessNone(inside, total(inside.map(({ amount }) => amount)));
};

/** The rows of an order on a day count once: the largest. */
export const once: PlainCount = (rows, period) => {
  const inside = inWindow(rows, period);
  const largest = groups(inside, ({ day, order_id }) => `${day} ${order_id}`).map((own) => {
    const known = own.flatMap(({ amount }) => amount ?? []);
    return known.length === 0 ? null : Math.max(...known);
  });
  return unlessNone(inside, total(largest));
};

export const distinct: PlainCount = (rows, period) => {
  const found = customers(inWindow(rows, period));
  return unlessNone(found, found.length);
};

export const repeated: PlainCount = (rows, period) => {
  const found = customers(inWindow(rows, period));
  return unlessNone(found, found.filter((own) => own.length > 1).length);
};

const priorCustomers = (rows: readonly PlainRow[], { priorStartsOn, priorEndsOn }: Period) =>
  customers(within(rows, priorStartsOn, priorEndsOn)).map((own) => own[0]?.customer_id);

export const prior: PlainCount = (rows, period) => {
  const before = priorCustomers(rows, period);
  return unlessNone(before, before.length);
};

export const kept: PlainCount = (rows, period) => {
  const before = priorCustomers(rows, period);
  const now = new Set(inWindow(rows, period).map(({ customer_id }) => customer_id));
  return unlessNone(before, before.filter((customer) => customer !== undefined && now.has(customer)).length);
};

export const level: PlainCount = (rows, { endsOn }) => {
  const moved = rows.filter(({ day }) => day <= endsOn);
  return unlessNone(moved, total(moved.map(({ amount }) => amount)) ?? 0);
};

export const opening: PlainCount = (rows, { startsOn }) =>
  total(rows.filter(({ day }) => day < startsOn).map(({ amount }) => amount)) ?? 0;
