import type { Value } from './literals.ts';

/** A type of entity of a simulated OData service: what its properties are, and how each is written. */
export interface EntityType<T> {
  /** As in `__metadata.type`: `API_SALES_ORDER_SRV.A_SalesOrderType`. */
  readonly name: string;
  readonly properties: Readonly<Record<string, Property<T>>>;
  readonly navigations: Readonly<Record<string, Navigation<T>>>;
  /** The key in brackets, as addresses have it: `('4500123')`, `(SalesOrder='1',SalesOrderItem='10')`. */
  readonly key: (record: T) => string;
  /** Properties that come unasked: Dataverse gives every key. */
  readonly always?: readonly string[];
  /** V4: the version of a record, `@odata.etag`. */
  readonly etag?: (record: T) => string;
  /** The set it is addressed in; for types that are only reached by navigation, the set they would have. */
  readonly set: string;
}

/** Edm type, which decides the form in JSON. `date`: Edm.DateTime in V2, Edm.Date in V4. `instant`: Edm.DateTimeOffset. */
export type PropertyKind =
  | 'text'
  | 'date'
  | 'datetime'
  | 'instant'
  | 'decimal'
  | 'double'
  | 'int'
  | 'int64'
  | 'boolean';

export interface Property<T> {
  readonly kind: PropertyKind;
  /** Canonical: text; milliseconds for dates and instants; the decimal as text for numbers. */
  readonly of: (record: T) => string | number | boolean | null;
  /** As people see it, where the service is asked to say so; null: as it is. */
  readonly label?: (record: T) => string | null;
}

export interface Navigation<T> {
  readonly many: boolean;
  readonly type: () => EntityType<never>;
  readonly of: (record: T) => readonly unknown[];
}

/** A navigation whose target type is checked here and forgotten after. */
export const navigation = <T, Child>(
  many: boolean,
  type: () => EntityType<Child>,
  of: (record: T) => readonly Child[],
): Navigation<T> => ({ many, type: type as unknown as () => EntityType<never>, of });

/** As a filter compares it: numbers as numbers. */
export function comparable<T>(property: Property<T>): (record: T) => Value {
  const { kind, of } = property;
  const isNumber = kind === 'decimal' || kind === 'double' || kind === 'int' || kind === 'int64';
  return (record) => {
    const value = of(record);
    return isNumber && value !== null ? Number(value) : value;
  };
}

export const text = <T>(of: (record: T) => string | null): Property<T> => ({ kind: 'text', of });
export const date = <T>(of: (record: T) => number | null): Property<T> => ({ kind: 'date', of });
export const datetime = <T>(of: (record: T) => number | null): Property<T> => ({ kind: 'datetime', of });
export const instant = <T>(of: (record: T) => number | null): Property<T> => ({ kind: 'instant', of });
export const decimal = <T>(of: (record: T) => string): Property<T> => ({ kind: 'decimal', of });
export const double = <T>(of: (record: T) => string): Property<T> => ({ kind: 'double', of });
export const int = <T>(of: (record: T) => number): Property<T> => ({ kind: 'int', of });
export const int64 = <T>(of: (record: T) => number): Property<T> => ({ kind: 'int64', of });
export const boolean = <T>(of: (record: T) => boolean): Property<T> => ({ kind: 'boolean', of });
