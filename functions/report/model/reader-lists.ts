import { listAsWanted } from '../../lake/company/chosen-lists.ts';
import type { Day, DayList } from './day.ts';
import { listOfMembers } from './for-members.ts';
import type { FigureReader } from './headlines.ts';

type Told = Pick<Day, 'lists' | 'company'>;

/**
 * What a reader is shown of the lists of a day: those that she names, in that order, else those made for her roles; of each
 * the entries of her members. One that names customers nobody sees who has neither members nor a role that vigie.yaml names for
 * it: a forgotten setting shows less.
 */
export function listsFor({ lists, company }: Told, reader: FigureReader): readonly DayList[] {
  const { roles, lists: named, members } = reader;
  const wanted = named
    ? named.flatMap((id) => lists.filter(({ list }) => list.id === id))
    : lists.filter(({ list }) => list.audience.some((role) => roles.includes(role)));
  return wanted
    .filter((of) => isShown(of, company, reader))
    .flatMap((of) => (members === undefined ? [of] : listOfMembers(of, members)));
}

function isShown({ list }: DayList, company: Told['company'], reader: FigureReader): boolean {
  if (!list.confidential) return true;
  if (reader.personal !== true) return false;
  return (
    reader.members !== undefined ||
    listAsWanted(company, list).in_full.some((role) => reader.roles.includes(role))
  );
}

/** What everybody may see who sees the report. */
export const openLists = ({ lists }: Pick<Day, 'lists'>): readonly DayList[] =>
  lists.filter(({ list }) => !list.confidential);
