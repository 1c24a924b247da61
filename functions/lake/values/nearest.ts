import { closest, distance } from 'fastest-levenshtein';

/** The allowed name a person probably meant; undefined when nothing is near (a third of the letters differ at most). */
export function nearest(found: string, allowed: readonly string[]): string | undefined {
  if (allowed.length === 0) return undefined;
  const wanted = found.toLowerCase();
  const candidate = closest(
    wanted,
    allowed.map((name) => name.toLowerCase()),
  );
  const name = allowed.find((each) => each.toLowerCase() === candidate);
  const limit = Math.max(1, Math.ceil(found.length / 3));
  return distance(wanted, candidate) <= limit ? name : undefined;
}

/** `did you mean …?` where something is near, else what is allowed (the first 30 names). */
export function suggestion(found: string, allowed: readonly string[]): string {
  const near = nearest(found, allowed);
  if (near !== undefined) return `did you mean \`${near}\`?`;
  if (allowed.length === 0) return 'there is none to choose from';
  const more = allowed.length > 30 ? `, and ${allowed.length - 30} more` : '';
  return `allowed: ${allowed.slice(0, 30).join(', ')}${more}`;
}
