import { z } from 'zod';
import type { Language } from '../../languages/language.ts';
import { languageTags } from '../../languages/tags.ts';

/** Words for one thing, by the tag of a language. A thing need not have words in each. */
export type Words = Readonly<Record<string, string>>;

/** Words as people write them: `{ en: Net revenue, fr: Chiffre d’affaires net }`, in one language at least. */
export const words = z
  .partialRecord(z.enum(languageTags), z.string().min(1))
  .refine((said) => Object.keys(said).length > 0, 'no language; give it in one at least') as z.ZodType<Words>;

/** What is said in a language; where the thing has no words in it, those of the first language that it has words in. */
export const wordIn = (said: Words, language: Pick<Language, 'tag'>): string =>
  said[language.tag] ??
  languageTags.map((tag) => said[tag]).find((word) => word !== undefined) ??
  Object.values(said)[0] ??
  '';

/** What a company says in one text for everybody, or in a language's words. */
export const saidIn = (said: string | Words, language: Pick<Language, 'tag'>): string =>
  typeof said === 'string' ? said : wordIn(said, language);
