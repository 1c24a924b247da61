import type { Day } from '../calendar.ts';
import { wholeExport } from '../dated-export.ts';
import { answerLines } from './answers.ts';
import { mailLines } from './mails.ts';
import { moveLines, searchLines } from './rivals.ts';
import { followerLines, postLines } from './social.ts';

/** What a company does to be heard, and what is heard of others: what its tools export beside its systems. */
export interface Outreach {
  readonly folder: string;
  readonly seed: number;
  readonly days: readonly Day[];
  /** Index of the last day. */
  readonly last: number;
  readonly onFile: (name: string) => void;
  /** How large the company is: 1 is usual. */
  readonly growth: number;
  /** Its domain on the web. */
  readonly domain: string;
  /** Competitors by name, and their domains. */
  readonly rivals: readonly { readonly name: string; readonly domain: string }[];
  /** Where its customers are asked. */
  readonly regions: readonly string[];
  /** Newsletters, in turn. */
  readonly newsletters: readonly string[];
}

/** The tables that outreach fills. */
export const outreachTables = [
  'competitor_events',
  'email_sends',
  'search_visibility',
  'social_activity',
  'social_audience',
  'survey_answers',
] as const;
export type OutreachTable = (typeof outreachTables)[number];

/** Writes the lists, whole each time, and counts their rows by table. */
export async function writeOutreach(
  outreach: Outreach,
  rows: Partial<Record<OutreachTable, number>>,
): Promise<void> {
  const write = async (name: string, table: OutreachTable, lines: readonly string[]): Promise<void> => {
    await wholeExport(outreach, `exports/outreach/${name}`, outreach.days[outreach.last] as Day, lines);
    rows[table] = lines.length - 1;
  };
  await write('mails.csv', 'email_sends', mailLines(outreach));
  await write('followers.csv', 'social_audience', followerLines(outreach));
  await write('posts.csv', 'social_activity', postLines(outreach));
  await write('search.csv', 'search_visibility', searchLines(outreach));
  await write('moves.csv', 'competitor_events', moveLines(outreach));
  await write('answers.csv', 'survey_answers', answerLines(outreach));
  // Each answer is one to two questions.
  rows.survey_answers = 2 * (rows.survey_answers ?? 0);
}

/** The days that were lived. */
export const lived = ({ days, last }: Outreach): readonly Day[] => days.slice(0, last + 1);
