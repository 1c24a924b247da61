import { z } from 'zod';

/** A property of an OData entity, custom fields such as `ZZ1_Programme_SDH` among them. */
export const property = z
  .string()
  .regex(/^[A-Za-z_]\w*$/, 'the name of an OData property, such as ZZ1_Programme_SDH');
