import { addDays } from '../../functions/lake/values/day.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { TREND_DAYS } from '../../functions/report/model/kpi-day.ts';
import { readDay } from '../../functions/report/model/read-day.ts';
import { readAllDays } from '../../functions/report/site/all-days.ts';
import { calendarView } from '../../functions/report/site/calendar-page.tsx';
import { dayView } from '../../functions/report/site/day-page.tsx';
import { sparksOf } from '../../functions/report/site/drawings.ts';
import { measuredDay } from '../commands/measured-day.ts';
import { type Frame, near, nextTo, pageOf, plainAddress, recordedDays } from './page.ts';
import type { Reply } from './server.ts';

/** KPIs whose days stand for those of all: a run measures them together. */
const askedForDays = ({ listed }: Frame): string[] => listed.slice(0, 4).map(({ id }) => id);

/** A day as the report has it: news, headline figures, what is open, every figure. Read again once another run has told of it. */
export async function dayPage(frame: Frame, asOf: string): Promise<Reply> {
  const runs = await runsOf(frame, asOf);
  const known = frame.kept.get(asOf);
  if (known?.runs === runs) return known.page;
  const page = await readDayPage(frame, asOf);
  frame.kept.set(asOf, { runs, page });
  return page;
}

/** The runs of a day, and of the days after it: the page knows whether there is a next day. */
async function runsOf({ context }: Frame, asOf: string): Promise<string> {
  const keys: string[] = [];
  for (const day of (await context.platform.bucket.folders('runs/')).filter((each) => each >= asOf))
    for await (const { key } of context.platform.bucket.list(`runs/${day}/`)) keys.push(key);
  return keys.join(' ');
}

async function readDayPage(frame: Frame, asOf: string): Promise<Reply> {
  const { company, catalogue, platform } = frame.context;
  const days = await recordedDays(frame.context, { kpis: askedForDays(frame), ...near(asOf) });
  const day = await readDay(platform.bucket, { company, catalogue, asOf });
  if (day.computed === null)
    throw new VigieError(`Nothing is recorded of ${asOf}.`, {
      code: 'NO_FIGURES',
      hint: `Choose another day${days.length === 0 ? '' : `, such as ${days.at(-1)}`}, or run it: vigie run --date ${asOf}.`,
    });
  const { before, after } = nextTo(days, asOf);
  const kpis = new Set(frame.listed.map(({ id }) => id));
  const placed = { day, here: { asOf }, drawings: sparksOf(day.kpis), address: plainAddress };
  return pageOf(
    frame,
    {
      ...placed,
      before: before === null ? null : { asOf: before, kpis },
      next: after,
    },
    dayView,
  );
}

/** All days with figures, and what was open on them. */
export async function calendarPage(frame: Frame): Promise<Reply> {
  const { context } = frame;
  const { company, catalogue, platform } = context;
  const newest = await measuredDay(context);
  const from = addDays(newest, -TREND_DAYS);
  const days = await recordedDays(context, { kpis: askedForDays(frame), from, to: newest });
  const day = await readDay(platform.bucket, { company, catalogue, asOf: newest, brief: true });
  const all = await readAllDays(platform.bucket, [...new Set([...days, newest])], { asOf: '', history: [] });
  const view = calendarView(all, []);
  const nothing = { drawings: sparksOf([]), before: null, next: null };
  return pageOf(frame, { day, here: {}, ...nothing, address: plainAddress }, view);
}
