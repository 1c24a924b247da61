import { type Feed, type FieldSource, quotationColumns } from '../../../lake/company/feed.ts';

/** Columns whose every use says that they may be missing. */
export function optionalColumns(feed: Feed): Set<string> {
  const sources = Object.values(feed.columns);
  const needed = new Set([
    ...sources.flatMap((source) => {
      const mayLack = mayBeMissing(source);
      return columnsRead(source).filter((name) => !mayLack.includes(name));
    }),
    ...feed.where.map(({ column }) => column),
    ...sources.flatMap(columnsAsked),
    ...(feed.group_by ?? []),
  ]);
  return new Set(sources.flatMap(mayBeMissing).filter((name) => !needed.has(name)));
}

function mayBeMissing(source: FieldSource): string[] {
  if (typeof source === 'string') return [];
  if ('join' in source) return source.may_lack;
  return 'from' in source && source.optional === true ? [source.from] : [];
}

/** The source's columns that a field is made from. */
export function columnsRead(source: FieldSource): string[] {
  if (typeof source === 'string') return [source];
  if ('from' in source) return [source.from];
  if ('product' in source) return source.product;
  if ('difference' in source) return source.difference;
  if ('quote' in source) return quotationColumns(source).map(({ column }) => column);
  if ('join' in source) return source.join;
  if ('cases' in source) return source.cases.map(({ when }) => when.column);
  return 'hash_email' in source ? [source.hash_email] : [];
}

/** The source's columns that are asked about the records of a group. */
function columnsAsked(source: FieldSource): string[] {
  if (typeof source === 'string') return [];
  if ('any' in source) return [source.any.column];
  if ('none' in source) return [source.none.column];
  if ('count' in source) return source.count === 'records' ? [] : [source.count.column];
  return 'from' in source ? [source.when ?? []].flat().map(({ column }) => column) : [];
}

/** All columns of the source that a field is made of, read or asked. */
export const columnsUsed = (source: FieldSource): string[] => [
  ...columnsRead(source),
  ...columnsAsked(source),
];
