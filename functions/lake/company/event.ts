import { z } from 'zod';
import { words } from '../values/language.ts';
import { eventKinds } from '../values/vocabulary.ts';

/** The longest text of an event: it stands in a line of a mail. */
export const LONGEST_EVENT = 200;

/** Something that happened or is planned, as `events` of vigie.yaml has it: a day or days, what it is, and which figures it concerns. */
export const event = z
  .strictObject({
    from: z.iso.date(),
    /** Last day; default the first. */
    to: z.iso.date().optional(),
    text: z.union([z.string().trim().min(1).max(LONGEST_EVENT), words]),
    kind: z.enum(eventKinds).default('other'),
    /** The one KPI that it concerns; default all. */
    kpi: z.string().optional(),
    /** The one member that it concerns; default everybody. */
    dimension: z.string().optional(),
    member: z.string().min(1).optional(),
  })
  .refine(({ from, to }) => to === undefined || to >= from, {
    error: 'an event ends on the day on which it begins, or later',
    path: ['to'],
  })
  .refine(({ dimension, member }) => (dimension === undefined) === (member === undefined), {
    error: 'a member is one of a dimension: give `dimension` and `member`, or neither',
    path: ['member'],
  });
