import type { BrokenPart } from '../../functions/lake/catalogue/broken.ts';
import type { Catalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Words } from '../../functions/lake/values/language.ts';
import { languages } from '../../functions/languages/languages.ts';
import type { Outcome } from './outcome.ts';

const GROUP = 'definitions';

/** What of the catalogue is broken, one outcome each. */
export const brokenOutcomes = (broken: readonly BrokenPart[]): Outcome[] =>
  broken.map(({ kind, name, file, error }) => ({
    group: GROUP,
    name: name === '' ? file : `${kind} ${name}`,
    status: 'failed',
    place: `${error.where?.file ?? file}:${error.where?.line ?? 1}`,
    details: [
      ...error.message.split('\n').map((text) => ({ kind: 'text', text }) as const),
      ...(error.hint === undefined ? [] : [{ kind: 'text', text: error.hint } as const]),
    ],
  }));

/** Words that a thing of one's own lacks in a language: its readers see those of another. */
export function wordsOutcomes(catalogue: Catalogue, isOwn: (file: string) => boolean): Outcome[] {
  const said = [
    ...catalogue.kpis
      .filter(({ file, problem }) => isOwn(file) && !problem)
      .flatMap(({ file, names, describes, advice }) => [
        { file, field: 'names', words: names },
        { file, field: 'describes', words: describes },
        ...(advice === undefined ? [] : [{ file, field: 'advice', words: advice }]),
      ]),
    ...[...catalogue.dimensions.values()]
      .filter(({ file }) => isOwn(file))
      .flatMap(({ file, name, names, members }) => [
        { file, field: `${name}.names`, words: names },
        ...Object.entries(members).map(([member, words]) => ({
          file,
          field: `${name}.members.${member}`,
          words,
        })),
      ]),
    ...catalogue.lists
      .filter(({ file }) => isOwn(file))
      .flatMap(({ file, names, describes }) => [
        { file, field: 'names', words: names },
        { file, field: 'describes', words: describes },
      ]),
    ...catalogue.checks
      .filter(({ file }) => isOwn(file))
      .flatMap(({ file, names, means }) => [
        { file, field: 'names', words: names },
        ...(means === undefined ? [] : [{ file, field: 'means', words: means }]),
      ]),
  ];
  return said.flatMap(({ file, field, words }) => {
    const lacking = lackingIn(words);
    if (lacking.length === 0) return [];
    const text = `\`${field}\` has no words in ${lacking.join(', ')}: readers of ${lacking.length === 1 ? 'it' : 'them'} see those of another language`;
    return [
      { group: GROUP, name: file, status: 'note', place: file, details: [{ kind: 'text', text }] } as const,
    ];
  });
}

const lackingIn = (words: Words): string[] =>
  languages.filter(({ tag }) => words[tag] === undefined).map(({ tag }) => tag);
