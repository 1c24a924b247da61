/** A text as SQL: whatever it holds, it is only ever a value. */
export const sqlText = (value: string): string => `'${value.replaceAll("'", "''")}'`;
