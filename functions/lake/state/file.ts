import type { Bucket } from '../../platform/bucket.ts';
import { VigieError } from '../../platform/errors.ts';
import { type StateKind, stateKinds } from './kinds.ts';

/** The code of a file of the state that is not what Vigie wrote. */
export const DAMAGED = 'STATE_DAMAGED';

/**
 * Reads a file of the state; `undefined` when there is none. Throws `STATE_DAMAGED`, which names the key and what to do,
 * where it is cut, empty or not what Vigie writes there: nothing is computed from half a record.
 */
export async function readState<T>(bucket: Bucket, key: string): Promise<T | undefined> {
  if (!(await bucket.exists(key))) return undefined;
  return parseState<T>(key, await bucket.read(key));
}

/** As `readState`, where nothing depends on it: what is damaged counts as not there. */
export async function readStateIfSound<T>(bucket: Bucket, key: string): Promise<T | undefined> {
  try {
    return await readState<T>(bucket, key);
  } catch (error) {
    if (isDamage(error)) return undefined;
    throw error;
  }
}

/** What a file of the state says. Throws `STATE_DAMAGED`. */
export function parseState<T>(key: string, bytes: Uint8Array): T {
  const kind = stateKinds.find(({ keys }) => keys.test(key));
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === '') throw damaged(key, 'it is empty', kind);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(key, 'it is not whole JSON', kind);
  }
  const checked = kind?.shape.safeParse(value);
  if (checked === undefined || checked.success) return value as T;
  const place = checked.error.issues[0]?.path.join('.') ?? '';
  throw damaged(
    key,
    place === '' ? 'it holds something else' : `\`${place}\` is not as Vigie writes it`,
    kind,
  );
}

/** The error of a damaged file. */
export const damaged = (key: string, reason: string, kind: Pick<StateKind, 'what' | 'remedy'> | undefined) =>
  new VigieError(
    `${key} is damaged: ${reason}${kind === undefined ? '' : ` (${kind.what}, in the state folder)`}`,
    {
      code: DAMAGED,
      where: { file: key },
      hint: kind?.remedy ?? 'Move it out of the state folder and run the day again.',
    },
  );

export const isDamage = (error: unknown): error is VigieError =>
  error instanceof VigieError && error.code === DAMAGED;
