import type { BatchInput, Rivals } from '../../lake/landing/batch.ts';

/** What of a file its stage is told by. */
type Named = Pick<BatchInput, 'name' | 'date'>;

/**
 * Words in names that say how far an export has got, as GA4's `events_intraday_20261121` (as it streams in),
 * `events_fresh_20261121` (written several times a day) and `events_20261121`. The larger one has the last word.
 */
const STAGES: Readonly<Record<string, number>> = {
  ...{ intraday: 0, partial: 0, partiel: 0, preliminary: 0, prelim: 0, provisional: 0, provisoire: 0 },
  ...{ interim: 0, incomplete: 0, draft: 0, temp: 0, tmp: 0, fresh: 1, final: 3, complete: 3, definitive: 3 },
};
const WITHOUT_WORD = 2;
const WORD = /\p{L}+/gu;

const stageWords = (name: string): string[] =>
  (name.toLowerCase().match(WORD) ?? []).filter((word) => Object.hasOwn(STAGES, word));

const stageOf = (name: string): number =>
  Math.min(...stageWords(name).map((word) => STAGES[word] as number), Number.POSITIVE_INFINITY);

/** How far the export in a file has got, by the words in its name. */
export const rankOf = (name: string): number => {
  const stage = stageOf(name);
  return Number.isFinite(stage) ? stage : WITHOUT_WORD;
};

/** Whether a file says of itself that more is to come. */
export const isPartial = (name: string): boolean => rankOf(name) < WITHOUT_WORD;

/** Less what its stage is called and how its words are kept apart: equal for files that tell the same thing. */
const subjectOf = ({ name, date }: Named): string => {
  const words = name.toLowerCase().match(/\p{L}+|\d+/gu) ?? [];
  return [date ?? '', ...words.filter((word) => !Object.hasOwn(STAGES, word))].join(' ');
};

/** The files less those of which a later stage is there: a final file wins over a partial one, whatever it is called. */
export function latestStages<File extends Named>(inputs: readonly File[]): File[] {
  const furthest = new Map<string, number>();
  for (const input of inputs) {
    const subject = subjectOf(input);
    furthest.set(subject, Math.max(furthest.get(subject) ?? 0, rankOf(input.name)));
  }
  return inputs.filter((input) => rankOf(input.name) === furthest.get(subjectOf(input)));
}

/** Less its numbers: names of one family differ in a number, a time or a `(1)`, which says which is the later. */
const familyOf = (name: string): string =>
  (
    name
      .toLowerCase()
      .replace(/(?<!\p{L})v(?=\d)/gu, '')
      .match(/[\p{L}/]+/gu) ?? []
  ).join(' ');

/**
 * The files of one day among those that are read together, by their places. Their order within a family is by number;
 * between families there is none.
 */
export function rivalsAmong(inputs: readonly Named[]): Rivals[] {
  const days = new Map<string | null, Map<string, number[]>>();
  for (const [place, { name, date }] of inputs.entries()) {
    const families = days.get(date) ?? new Map<string, number[]>();
    days.set(date, families);
    families.set(familyOf(name), [...(families.get(familyOf(name)) ?? []), place]);
  }
  return [...days.values()]
    .map((families) => ({ families: [...families.values()] }))
    .filter(({ families }) => families.flat().length > 1);
}
