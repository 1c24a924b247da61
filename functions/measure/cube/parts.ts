import type { Cube, CubeDimension, CubeQuantity } from '../../lake/catalogue/cube.ts';
import type { QuantityKind } from '../../lake/catalogue/quantity.ts';

/** Quantities of the same rows that are counted in one go. */
export interface Part {
  readonly kind: 'sums' | 'top' | 'entities' | 'returning' | 'levels';
  /** The relation of the rows. */
  readonly rows: string;
  /** The column with the entity that counts once; null where values are added up. */
  readonly entity: string | null;
  readonly dimensions: readonly CubeDimension[];
  readonly quantities: readonly CubeQuantity[];
  /** The column without whose value a row is none; null where every row is one. */
  readonly known: string | null;
  /** Whether these are totals that every member has. */
  readonly whole: boolean;
}

const KINDS: Readonly<Record<QuantityKind, Exclude<Part['kind'], 'top'>>> = {
  sum: 'sums',
  distinct: 'entities',
  repeated: 'entities',
  prior: 'returning',
  kept: 'returning',
  level: 'levels',
  opening: 'levels',
};

/** A cube's quantities, those together that one SELECT can count. */
export function partsOf({ quantities }: Cube): Part[] {
  const parts: Part[] = [];
  // A sum that counts an entity's rows once says how the other sums of these rows are grouped.
  for (const quantity of quantities.toSorted((a, b) => Number(b.by !== null) - Number(a.by !== null))) {
    const part = partOf(quantity);
    const at = parts.findIndex((other) => fits(part, other));
    const other = parts[at];
    if (other) parts[at] = { ...other, quantities: [...other.quantities, quantity] };
    else parts.push(part);
  }
  return parts;
}

/** A quantity alone. */
export function partOf(quantity: CubeQuantity): Part {
  const { kind, rows, by, column, dimensions, whole, known } = quantity;
  const counted = KINDS[kind];
  const ranked = dimensions.some(({ top }) => top !== null);
  return {
    kind: counted === 'sums' && ranked ? 'top' : counted,
    rows,
    entity: counted === 'entities' || counted === 'returning' ? column : by,
    dimensions,
    quantities: [quantity],
    known: known ? column : null,
    whole,
  };
}

const fits = (part: Part, other: Part): boolean =>
  part.kind === other.kind &&
  part.rows === other.rows &&
  part.whole === other.whole &&
  part.known === other.known &&
  (part.entity === other.entity || (part.kind === 'sums' && part.entity === null));
