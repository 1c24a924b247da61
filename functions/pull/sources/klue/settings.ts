import { z } from 'zod';
import { apiUrl, secretReference } from '../../api/settings-fields.ts';

/** The keys of a source of kind `klue` in vigie.yaml. */
export const settings = z.strictObject({
  secret: secretReference().default('${secret:klue}').describe('`{"token": …}`: a key of the Content API.'),
  path: z
    .string()
    .regex(/^\/[\w./-]+$/, 'is a path such as /extract/cards.json')
    .default('/extract/cards.json')
    .describe('Where the cards are: Klue publishes no specification.'),
  topics: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Only cards of these topics are moves of a competitor. Default: all.'),
  kinds: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe('What topics are called in figures: `Pricing: price`. One that is not listed stays as it is.'),
  page_size: z.int().min(1).max(100).default(100).describe('Cards a request.'),
  base_url: apiUrl('https://app.klue.com'),
});
export type Settings = z.output<typeof settings>;
