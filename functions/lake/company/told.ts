import { z } from 'zod';
import { defaultTag, languageTags } from '../../languages/tags.ts';
import { weekdays } from '../values/day.ts';
import { hour } from './hour.ts';
import { figureList } from './kpi-choice.ts';
import { listNames } from './list-choice.ts';
import { members } from './members.ts';

/** What a recipient and a channel both say: who they are, in which language they are told, of what, and when. */
export const told = {
  language: z.enum(languageTags).default(defaultTag),
  /** Decide which alerts they get; `ops` hears of trouble with the run. Others than Vigie’s are the company’s own words. */
  roles: z.array(z.string()).min(1),
  /** Whether they get the daily digest; default: with the role `executive`. */
  digest: z.boolean().optional(),
  /** The figures of the digest, instead of those of the company or of the roles. */
  kpis: figureList.optional(),
  /** The lists of the digest, in order, instead of those made for the roles. */
  lists: listNames.optional(),
  /** The figures and alerts of these members, and of nothing else; default: of the company. */
  members: members.optional(),
  /** How often they are told how it goes: of each day, or of a week or a month once it is over. Default: daily. */
  summary: z.enum(['daily', 'weekly', 'monthly']).optional(),
  /** The days whose digest they get; default: all. */
  weekdays: z.array(z.enum(weekdays)).min(1).optional(),
  /** From which hour on they are told of a day; default: that of their roles (`delivery.hours`), else with the run. */
  hour: hour.optional(),
};

/** Operators are told of rows and files of everybody: who is told of some members alone cannot be one. */
export const noOperatorOfMembers = [
  (reader: { readonly roles: readonly string[]; readonly members?: unknown }): boolean =>
    reader.members === undefined || !reader.roles.includes('ops'),
  {
    path: ['members'],
    message:
      'the mails to `ops` show rows and files of everybody; give these members to somebody without that role',
  },
] as const;
