import { z } from 'zod';
import { noOperatorOfMembers, told } from './told.ts';

/** Kinds of places that a company is told in beside mails. */
const channelKinds = ['slack', 'teams'] as const;

/** A place where several read: a channel of a chat, as vigie.yaml names it. */
export const channel = z
  .strictObject({
    kind: z.enum(channelKinds),
    /** Names it in logs and messages. */
    name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'lower case letters, digits and -, a letter first'),
    /** Name of the secret that holds the address of its webhook. */
    secret: z.string().regex(/^[a-zA-Z][a-zA-Z0-9._-]*$/, 'the name of a secret, not its value'),
    ...told,
  })
  .refine(noOperatorOfMembers[0], { ...noOperatorOfMembers[1], path: ['members'] });
export type ChannelSettings = z.infer<typeof channel>;
