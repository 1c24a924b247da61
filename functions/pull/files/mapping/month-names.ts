import { dateFormat } from '../../../languages/formats.ts';
import { languageTags } from '../../../languages/tags.ts';

/** What may be the name of a month, in a pattern: letters with their accents, and a dot where it is cut. */
export const MONTH_NAME = '[A-Za-z\\u00c0-\\u00ff\\u0300-\\u036f]{3,}\\.?';

/** `Févr.` is `fevr`: without accents, dot and capitals. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f.]/g, '')
    .toLowerCase();

/** The whole names of the months, January first, in every language of Vigie; made when a file first has one. */
let names: readonly (readonly string[])[] | undefined;
const namesOfMonths = () =>
  Array.from({ length: 12 }, (_, index) =>
    languageTags.map((tag) =>
      plain(dateFormat(tag, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, index, 15))),
    ),
  );

/**
 * The month, from 1, whose name begins so, in any language of Vigie: `Jan`, `janv.`, `January`. Undefined where none does,
 * or several do: `jui` is June or July in French.
 */
export function monthNamed(text: string): number | undefined {
  const beginning = plain(text);
  names ??= namesOfMonths();
  const fit = names.flatMap((ofMonth, index) =>
    ofMonth.some((name) => name.startsWith(beginning)) ? [index + 1] : [],
  );
  return beginning.length >= 3 && fit.length === 1 ? fit[0] : undefined;
}
