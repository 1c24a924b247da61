import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Language } from './language.ts';

/** The languages there are, in the order in which one stands in for another. The first is for whoever names none. */
export const languages: readonly [Language, ...Language[]] = [en, fr];

/** What vigie.yaml and the words in sql/ may name. */
export const languageTags = languages.map(({ tag }) => tag) as [string, ...string[]];

/** The language of whoever names none. */
export const defaultLanguage = languages[0];

/** A language by its tag; one that is not there any more (in a file that was kept) gives way to the default. */
export const languageOf = (tag: string | undefined): Language =>
  languages.find((language) => language.tag === tag) ?? defaultLanguage;
