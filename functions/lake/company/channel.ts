import { z } from 'zod';
import { defaultTag, languageTags } from '../../languages/tags.ts';
import { figureList } from './kpi-choice.ts';

/** Kinds of places that a company is told in beside mails. */
const channelKinds = ['slack', 'teams'] as const;

/** A place where several read: a channel of a chat, as vigie.yaml names it. */
export const channel = z.strictObject({
  kind: z.enum(channelKinds),
  /** Names it in logs and messages. */
  name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'lower case letters, digits and -, a letter first'),
  /** Name of the secret that holds the address of its webhook. */
  secret: z.string().regex(/^[a-zA-Z][a-zA-Z0-9._-]*$/, 'the name of a secret, not its value'),
  language: z.enum(languageTags).default(defaultTag),
  /** Which alerts it gets, as for recipients; `ops` hears of trouble with the run. */
  roles: z.array(z.string()).min(1),
  /** Whether it gets the daily digest; default: with the role `executive`. */
  digest: z.boolean().optional(),
  /** The figures of the digest, instead of those of the company or of the roles. */
  kpis: figureList.optional(),
});
export type ChannelSettings = z.infer<typeof channel>;
