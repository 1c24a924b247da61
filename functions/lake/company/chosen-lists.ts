import type { List } from '../catalogue/list.ts';
import type { Company } from './company.ts';

/** Whether a company has a list made, and how long it is. */
export interface ListWanted extends Pick<List, 'rows' | 'at_least'> {
  readonly on: boolean;
  /** Roles who are shown all of it, though it names customers. */
  readonly in_full: readonly string[];
}

/** A list as the company wants it; what it does not say is as the list's file has it. */
export function listAsWanted({ lists }: Pick<Company, 'lists'>, list: List): ListWanted {
  const wanted = Object.hasOwn(lists, list.id) ? lists[list.id] : undefined;
  return {
    on: wanted?.on ?? true,
    in_full: wanted?.in_full ?? [],
    rows: wanted?.rows ?? list.rows,
    at_least: wanted?.at_least ?? list.at_least,
  };
}

/** Lists that are made: those of KPIs that are on, unless the company switched them off. */
export const listsOn = (
  company: Pick<Company, 'lists'>,
  lists: readonly List[],
  kpisOn: readonly { readonly id: string }[],
): List[] =>
  lists.filter((list) => kpisOn.some(({ id }) => id === list.kpi) && listAsWanted(company, list).on);
