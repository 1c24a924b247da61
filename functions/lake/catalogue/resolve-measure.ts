import type { z } from 'zod';
import type { Dimension } from './dimension.ts';
import type { SqlFile } from './front-matter.ts';
import { parseQuantity, type Quantity, quantityForm } from './quantity.ts';
import { keysOf, rowColumns } from './rows.ts';
import type { measureFrontMatter } from './view.ts';

/** What is counted of a measure's rows, and the columns they have. Throws FRONT_MATTER_INVALID where the two do not fit. */
export function measureValues(
  file: SqlFile<z.infer<typeof measureFrontMatter>>,
  dimensions: ReadonlyMap<string, Dimension>,
): { values: Record<string, Quantity>; columns: string[] } {
  const values = Object.fromEntries(
    Object.entries(file.facts.values).map(([name, text]) => {
      const quantity = parseQuantity(text);
      if (!quantity) throw file.wrong(['values', name], `\`${text}\` is not a quantity: ${quantityForm}`);
      return [name, quantity];
    }),
  );
  const every = [...dimensions.values()];
  return { values, columns: rowColumns(file, Object.values(values), every, keysOf(every)) };
}
