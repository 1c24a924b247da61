import type { Feed } from '../../../lake/company/feed.ts';
import type { TableDefinition } from '../../../lake/tables/table.ts';
import { columnsRead, columnsUsed } from './columns-read.ts';

/** What is wrong with how the cells of a wide file become rows; undefined where nothing is. */
export function unpivotProblem(
  { unpivot, columns, where, format, sum_rows_per_key: sums, group_by: groups = [] }: Feed,
  { name, key }: TableDefinition,
): readonly [message: string, hint: string] | undefined {
  if (!unpivot) return undefined;
  const sources = Object.values(columns);
  const read = [...sources.flatMap(columnsUsed), ...where.map(({ column }) => column), ...groups];
  if (!read.includes(unpivot.value))
    return [
      `\`unpivot\` makes a column \`${unpivot.value}\` that nothing is made of`,
      `Name it under \`columns\`, for the field that the cells fill, as \`… : ${unpivot.value}\`.`,
    ];
  if (sources.some((source) => typeof source === 'object' && 'row_number' in source))
    return [
      '`unpivot` and `row_number` exclude each other: a month more would give every row another number',
      `Make the key of what tells a cell: \`{ join: [a column, ${unpivot.name}] }\`.`,
    ];
  const keyed = key.some((field) => columnsRead(columns[field] ?? '').includes(unpivot.name));
  if (!keyed && !sums && groups.length === 0)
    return [
      `no column of the key of ${name} (${key.join(', ')}) is made of \`${unpivot.name}\`, so that of the cells of a row one would be left`,
      `Fill one of them from it, as \`{ join: [a column, ${unpivot.name}] }\`; or say \`sum_rows_per_key: true\`, where the cells of a row are to be added up.`,
    ];
  return format === 'postfix'
    ? ['a mail log has no columns to be unpivoted', 'Take `unpivot` out.']
    : undefined;
}
