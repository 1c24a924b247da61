import type { List } from '../catalogue/list.ts';
import { suggestion } from '../values/nearest.ts';
import type { Mistake, Path } from '../yaml/mistake.ts';
import { listAt, valueAt } from '../yaml/raw.ts';
import { isRecord } from '../yaml/words.ts';

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
  const told = ['recipients', 'channels'].flatMap((section) =>
    listAt(data, [section]).flatMap((reader, at) =>
      listAt(reader, ['lists']).flatMap((id, place): Mistake[] => {
        if (typeof id !== 'string') return [];
        const path = [section, at, 'lists', place];
        const missing = unknown(id, path, false);
        if (missing.length > 0) return missing;
        if (valueAt(data, ['lists', id, 'on']) === false)
          return [{ path, message: `"${id}" is switched off under lists; take it out of one of the two` }];
        const message = lists.find((list) => list.id === id)?.confidential
          ? whyNever(data, reader, section, id)
          : null;
        return message === null ? [] : [{ path, message }];
      }),
    ),
  );
  return [...chosen, ...told];
}

/** Why a list that names customers would never be shown to a reader; null where it is. */
function whyNever(data: unknown, reader: unknown, section: string, id: string): string | null {
  if (section === 'channels')
    return `"${id}" names customers; it is sent to people by mail, and to no channel`;
  const roles = listAt(reader, ['roles']);
  const inFull = listAt(data, ['lists', id, 'in_full']).some((role) => roles.includes(role));
  return valueAt(reader, ['members']) !== undefined || inFull
    ? null
    : `"${id}" names customers; say under members whose, or under lists.${id}.in_full which role sees all of it`;
}
