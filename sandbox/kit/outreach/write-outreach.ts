import type { Day } from '../calendar.ts';
import { wholeExport } from '../dated-export.ts';
import { answerLines } from './answers.ts';
import { clickLines } from './clicks.ts';
import type { Outreach } from './heard.ts';
import { mailLines } from './mails.ts';
import { moveLines, searchLines } from './rivals.ts';
import { followerLines, postLines } from './social.ts';

/** The tables that outreach fills. */
export const outreachTables = [
  'competitor_events',
  'email_sends',
  'search_clicks',
  'search_visibility',
  'social_activity',
  'social_audience',
  'survey_answers',
] as const;
export type OutreachTable = (typeof outreachTables)[number];

/** Where the lists go, and what is counted of them: rows by table. */
export interface OutreachOutput {
  readonly folder: string;
  readonly onFile: (name: string) => void;
  readonly rows: Partial<Record<OutreachTable, number>>;
}

type Write = (name: string, table: OutreachTable, lines: readonly string[]) => Promise<void>;

const writerOf =
  (outreach: Outreach, output: OutreachOutput): Write =>
  async (name, table, lines) => {
    await wholeExport(output, `exports/outreach/${name}`, outreach.days[outreach.last] as Day, lines);
    output.rows[table] = lines.length - 1;
  };

/** What Google counted, where nobody asks Google itself. */
export const writeClicks = (outreach: Outreach, output: OutreachOutput): Promise<void> =>
  writerOf(outreach, output)('google.csv', 'search_clicks', clickLines(outreach));

/** Writes the lists, whole each time. */
export async function writeOutreach(outreach: Outreach, output: OutreachOutput): Promise<void> {
  const { rows } = output;
  const write = writerOf(outreach, output);
  await write('mails.csv', 'email_sends', mailLines(outreach));
  await write('followers.csv', 'social_audience', followerLines(outreach));
  await write('posts.csv', 'social_activity', postLines(outreach));
  await write('search.csv', 'search_visibility', searchLines(outreach));
  await write('moves.csv', 'competitor_events', moveLines(outreach));
  await write('answers.csv', 'survey_answers', answerLines(outreach));
  // Each answer is one to two questions.
  rows.survey_answers = 2 * (rows.survey_answers ?? 0);
}
