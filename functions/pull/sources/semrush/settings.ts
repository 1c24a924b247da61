import { z } from 'zod';
import { apiUrl, areDistinct, secretReference } from '../../api/settings-fields.ts';

const domain = z
  .string()
  .regex(
    /^(?!www\.)[a-z0-9][a-z0-9.-]*\.[a-z]{2,}$/,
    'is not a domain such as example.com (lower case, without www.)',
  );

/** The keys of a source of kind `semrush` in vigie.yaml. */
export const settings = z
  .strictObject({
    secret: secretReference().default('${secret:semrush}').describe('`{"key": …}`: the API key.'),
    own: z.array(domain).min(1).describe('The company’s own domains.'),
    competitors: z.array(domain).min(1).describe('Domains of competitors.'),
    databases: z
      .array(z.string().regex(/^[a-z]{2}$/, 'is not a database of desktop results such as fr'))
      .min(1)
      .refine(areDistinct, 'names a database twice')
      .describe('Countries whose results are estimated, as SEMrush calls its databases.'),
    units_a_month: z
      .int()
      .min(10)
      .describe(
        'API units that may be spent in a calendar month: 10 for a live estimate, 50 for a month that is over.',
      ),
    base_url: apiUrl('https://api.semrush.com'),
    balance_url: apiUrl('https://www.semrush.com'),
  })
  .refine(({ own, competitors }) => areDistinct([...own, ...competitors]), {
    message: 'names a domain twice, among `own` and `competitors`',
    path: ['competitors'],
  });
export type Settings = z.output<typeof settings>;
