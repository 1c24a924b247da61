import { en } from './en.ts';
import { fr } from './fr.ts';
import type { Language } from './language.ts';

/** The languages there are, in the order of their tags (tags.ts). */
export const languages: readonly [Language, ...Language[]] = [en, fr];

/** The language of whoever names none. */
export const defaultLanguage = languages[0];

/** A language by its tag; one that is not there any more (in a file that was kept) gives way to the default. */
export const languageOf = (tag: string | undefined): Language =>
  languages.find((language) => language.tag === tag) ?? defaultLanguage;
