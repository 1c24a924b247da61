/** Columns that a lake table has beside its own: who wrote the row last. */
export const lineageColumns = { source: '_source', run: '_run' } as const;

/** In the lake, of a table that inherits a column: whether this row has it from the row it is a part of. */
export const inheritedColumn = '_inherited';
