import { distance } from 'fastest-levenshtein';
import type { Feed } from '../../lake/company/feed.ts';
import type { BatchInput, LoadedState } from '../../lake/landing/batch.ts';
import { VigieError } from '../../platform/errors.ts';
import type { Inbox, InboxFile } from '../../platform/inbox.ts';
import { feedPattern } from './pattern.ts';
import { isPartial, rankOf } from './stages.ts';

/** A file that a feed is to read. */
export type Input = Pick<BatchInput, 'name' | 'fingerprint' | 'date' | 'partial'> & Pick<InboxFile, 'size'>;

/**
 * The files of a feed up to a day, from the oldest to the newest: by the date in the name, then by name. Throws
 * `FILES_MISSING` where there is none.
 */
export async function listInputs(inbox: Inbox, feed: Feed, asOf: string): Promise<Input[]> {
  const pattern = feedPattern(feed.path);
  const files = await inbox.list(pattern.glob);
  const dated = files.flatMap((file) => {
    const date = pattern.dateOf(file.name);
    return date === undefined ? [] : [inputOf(file, date)];
  });
  if (dated.length === 0) throw await nothingMatches(inbox, feed, files);
  const due = dated.filter(({ date }) => date === null || date <= asOf);
  if (due.length === 0) throw allLater(feed, asOf, dated);
  return due.sort(byAge);
}

const inputOf = (file: InboxFile, date: string | null): Input => ({
  ...{ name: file.name, fingerprint: fingerprintOf(file), date, size: file.size },
  ...(isPartial(file.name) ? { partial: true as const } : {}),
});

const fingerprintOf = ({ size, version }: InboxFile): string => `${size}:${version}`;

/** From the oldest to the newest: by date, by stage, then by the numbers in the name (`_9` before `_10`). */
export const byAge = (a: Input, b: Input): number =>
  compare(a.date ?? '', b.date ?? '') ||
  rankOf(a.name) - rankOf(b.name) ||
  byNumber.compare(a.name, b.name) ||
  compare(a.name, b.name);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byNumber = new Intl.Collator('en', { numeric: true });

/**
 * Those that are not in the lake as they are now. A mapping that changed reads everything again; a file of before one that
 * was forgotten may be one that came back, and is read with all that are later, so that they keep the last word.
 */
export function newInputs(
  inputs: readonly Input[],
  loaded: LoadedState | undefined,
  mappingHash: string,
): Input[] {
  if (!loaded || loaded.mappingHash !== mappingHash) return [...inputs];
  const { forgotten = '' } = loaded;
  const known = new Map(loaded.inputs.map(({ name, fingerprint }) => [name, fingerprint]));
  const fresh = new Set(inputs.filter(({ name, fingerprint }) => known.get(name) !== fingerprint));
  const [back] = [...fresh]
    .filter(({ name, date }) => date !== null && date <= forgotten && !known.has(name))
    .sort(byAge);
  return inputs.filter((input) => fresh.has(input) || (back !== undefined && byAge(input, back) > 0));
}

async function nothingMatches(inbox: Inbox, feed: Feed, undated: readonly InboxFile[]): Promise<VigieError> {
  const { folder, names } = await neighbours(inbox, feed.path);
  const near = undated.length > 0 ? undated.map(({ name }) => name) : nearestNames(feed.path, names);
  const there =
    near.length > 0
      ? `The nearest names there: ${near.slice(0, 5).join(', ')}`
      : `There is no file in ${folder}`;
  const message = `no file matches \`${feed.path}\` (feed of ${feed.table}). Looked in ${folder}. ${there}`;
  const hint =
    undated.length > 0
      ? 'Write the date in the name as YYYYMMDD or YYYY-MM-DD ({date}), YYYYMM or YYYY-MM ({month}); or correct `path`.'
      : 'Correct `path` in vigie.yaml, or have the files put there. A path is relative to the folder of vigie.yaml.';
  return new VigieError(message, {
    code: 'FILES_MISSING',
    hint,
    where: { field: 'path', sample: feed.path },
  });
}

/** The files in the pattern's folder, or in the nearest folder above it that has any. */
async function neighbours(inbox: Inbox, path: string): Promise<{ folder: string; names: string[] }> {
  const fixed = path.slice(
    0,
    /[*?[{](?!.*\$\{)/.exec(path.replace(/\$\{[^}]*\}/g, (name) => name.replace(/[{}]/g, '_')))?.index ??
      path.length,
  );
  let folder = fixed.includes('/') ? fixed.slice(0, fixed.lastIndexOf('/')) : '.';
  const asked = folder;
  for (;;) {
    const found = await inbox.list(folder);
    if (found.length > 0 || folder === '.' || folder === '' || folder.startsWith('${'))
      return { folder: asked, names: found.map(({ name }) => name) };
    folder = folder.includes('/') ? folder.slice(0, folder.lastIndexOf('/')) : '.';
  }
}

function nearestNames(path: string, names: readonly string[]): string[] {
  const wanted = path.replace(/[*{}]/g, '');
  return [...names].sort((a, b) => distance(wanted, a) - distance(wanted, b));
}

function allLater(feed: Feed, asOf: string, files: readonly Input[]): VigieError {
  const first = [...files].sort(byAge)[0] as Input;
  const message = `all files of \`${feed.path}\` (feed of ${feed.table}) are later than ${asOf}; the first is ${first.name}`;
  return new VigieError(message, {
    code: 'FILES_MISSING',
    hint: `Run for ${first.date} or later, or have the earlier files delivered.`,
  });
}
