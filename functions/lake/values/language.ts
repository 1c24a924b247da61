import { z } from 'zod';

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/** Words in every language. */
export const words = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) });
export type Words = z.infer<typeof words>;
