import { z } from 'zod';
import { publicAddress } from '../../platform/address.ts';
import { noOperatorOfMembers, told } from './told.ts';

/** Somebody who is told, as vigie.yaml names them. */
export const recipient = z
  .strictObject({
    email: publicAddress,
    name: z.string().optional(),
    ...told,
  })
  .refine(noOperatorOfMembers[0], { ...noOperatorOfMembers[1], path: ['members'] });
