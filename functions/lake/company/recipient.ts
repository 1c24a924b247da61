import { z } from 'zod';
import { defaultTag, languageTags } from '../../languages/tags.ts';
import { publicAddress } from '../../platform/address.ts';
import { figureList } from './kpi-choice.ts';

/** Somebody who is told, as vigie.yaml names them. */
export const recipient = z.strictObject({
  email: publicAddress,
  name: z.string().optional(),
  language: z.enum(languageTags).default(defaultTag),
  /** Who they are: decides which alerts they get. `executive` and `ops` mean something to Vigie, others are the company’s. */
  roles: z.array(z.string()).min(1),
  /** Whether they get the daily digest; default: executives do. */
  digest: z.boolean().optional(),
  /** The figures of the digest, instead of those of the company or of the roles. */
  kpis: figureList.optional(),
});
