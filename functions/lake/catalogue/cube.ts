import type { Dimension } from './dimension.ts';
import type { Quantity } from './quantity.ts';

/** The relation that holds the rows of a KPI's own SELECT. */
export const OWN_ROWS = 'kpi_rows';
/** The relation that a KPI with `measures` selects from. */
export const MEASURED = 'measured';

/** A quantity of a cube, and where its rows are. */
export interface CubeQuantity extends Quantity {
  /** Its column of the cube: `numerator`, `denominator`, or a measure's value. */
  readonly name: string;
  /** The measure, or `kpi_rows`. */
  readonly rows: string;
  /** The dimensions that its rows tell. */
  readonly dimensions: readonly CubeDimension[];
  /** Of every member it is the total: a cost's share of all revenue. */
  readonly whole: boolean;
}

/** A dimension of some rows. */
export interface CubeDimension extends Dimension {
  /** Whether the rows have the member themselves; else it is looked up in `from`. */
  readonly inRows: boolean;
}

/** What Vigie counts for a KPI: every quantity in total and by member, in each window. */
export interface Cube {
  readonly quantities: readonly CubeQuantity[];
  /** `figures`: numerator and denominator are the figures; `select`: the KPI's SELECT makes them, `FROM measured`. */
  readonly gives: 'figures' | 'select';
  /** What was not known when a window began: while there is any, neither it nor a member of it has a figure. */
  readonly unknown?: CubeQuantity;
  /** Relations made of rows before they are counted, for who asks for some of them only: what quantities name as their rows. */
  readonly cutRows?: readonly { readonly name: string; readonly select: string }[];
}

/** Whether an entity has one member of the dimension, whatever its rows: a customer's region, not an order's channel. */
export const isOfEntity = ({ inRows, from, column }: CubeDimension, entity: string): boolean =>
  inRows ? column === entity : from?.key === entity;
