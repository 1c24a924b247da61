import { z } from 'zod';

export interface ODataDefaults {
  /** Records a page, at most and by default. */
  readonly mostRecords: number;
  readonly records: string;
  readonly lookBackDays: number;
  readonly lookBack: string;
}

/** The keys that every source over SAP's OData has in vigie.yaml. Spread into the source's own. */
export const odataKeys = ({ mostRecords, records, ...back }: ODataDefaults) => ({
  sunset: z.iso
    .date()
    .optional()
    .describe('Day on which SAP ends what is used here, once it names one; warned of 60 days ahead.'),
  page_size: z.int().min(1).max(mostRecords).default(1000).describe(records),
  check_count: z
    .boolean()
    .default(true)
    .describe(
      'Holds what came against the number the service counts (`$inlinecount`). Off for services that cannot count.',
    ),
  overlap_minutes: z
    .int()
    .min(0)
    .max(10_080)
    .default(60)
    .describe('How far before the last reading changes are asked for again.'),
  look_back_days: z.int().min(0).max(366).default(back.lookBackDays).describe(back.lookBack),
});

/** How SAP lets in: as a user, or as an OAuth client with what its system wants besides. */
export const authKey = <Keys extends z.ZodRawShape>(clientAuth: 'body' | 'basic', keys: Keys) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('basic') }),
    z.strictObject({
      ...keys,
      kind: z.literal('oauth2'),
      scope: z.string().optional(),
      client_auth: z.enum(['basic', 'body']).default(clientAuth),
    }),
  ]);

/** Words for codes: `"10": Sales rep`. */
export const wordsKey = (description: string) =>
  z.record(z.string(), z.string()).default({}).describe(description);

/** Settings that change no row once it is there. */
export const ODATA_WITHOUT_ROWS = [
  'read',
  'sunset',
  'page_size',
  'overlap_minutes',
  'look_back_days',
] as const;
