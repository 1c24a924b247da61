import type { List } from '../catalogue/list.ts';
import { suggestion } from '../values/nearest.ts';
import type { Mistake, Path } from '../yaml/mistake.ts';
import { listAt, valueAt } from '../yaml/raw.ts';
import { isRecord } from '../yaml/words.ts';
import { everybody } from './told-mistakes.ts';

/** Lists that do not exist, are off, or that somebody is to be shown of whom nobody knows whose entries she may see. */
export function listMistakes(data: unknown, lists: readonly List[] | undefined): Mistake[] {
  if (!lists) return [];
  const known = lists.map(({ id }) => id);
  const unknown = (id: string, path: Path, atKey: boolean): Mistake[] =>
    known.includes(id)
      ? []
      : [{ path, atKey, message: `there is no list "${id}"; ${suggestion(id, known)}` }];
  const wanted = valueAt(data, ['lists']);
  const chosen = (isRecord(wanted) ? Object.keys(wanted) : []).flatMap((id) =>
    unknown(id, ['lists', id], true),
  );
  const told = everybody(data).flatMap((reader) =>
    listAt(data, [...reader, 'lists']).flatMap((id, place): Mistake[] => {
      if (typeof id !== 'string') return [];
      const path = [...reader, 'lists', place];
      const missing = unknown(id, path, false);
      if (missing.length > 0) return missing;
      if (valueAt(data, ['lists', id, 'on']) === false)
        return [{ path, message: `"${id}" is switched off under lists; take it out of one of the two` }];
      const message = lists.find((list) => list.id === id)?.confidential ? whyNever(data, reader, id) : null;
      return message === null ? [] : [{ path, message }];
    }),
  );
  return [...chosen, ...told];
}

/** Why a list that names customers would never be shown to a reader; null where it is. */
function whyNever(data: unknown, reader: Path, id: string): string | null {
  if (reader[0] === 'channels')
    return `"${id}" names customers; it is sent to people by mail, and to no channel`;
  const roles = listAt(data, [...reader, 'roles']);
  const inFull = listAt(data, ['lists', id, 'in_full']).some((role) => roles.includes(role));
  return valueAt(data, [...reader, 'members']) !== undefined || inFull
    ? null
    : `"${id}" names customers; say under members whose, or under lists.${id}.in_full which role sees all of it`;
}
