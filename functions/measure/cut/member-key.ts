/**
 * SQL for members of several dimensions as one text, whatever is in them: each after its length in characters, `8:Nordwind3:Web`.
 * No character can part them, since a name may hold any.
 */
export const keyParts = (members: readonly string[]): string =>
  members.map((member) => `cast(length(${member}) AS varchar) || ':' || ${member}`).join(' || ');

/** The members of such a text. Throws RangeError for another one. */
export function keyMembers(key: string): string[] {
  // Engines count characters, of which JavaScript makes two where they lie beyond the first 65,536.
  let left = [...key];
  const members: string[] = [];
  while (left.length > 0) {
    const colon = left.indexOf(':');
    const length = Number(left.slice(0, colon).join(''));
    if (colon < 1 || !Number.isSafeInteger(length) || left.length < colon + 1 + length)
      throw new RangeError(`no key of members: ${key}`);
    members.push(left.slice(colon + 1, colon + 1 + length).join(''));
    left = left.slice(colon + 1 + length);
  }
  return members;
}
