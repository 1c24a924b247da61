import pLimit from 'p-limit';
import { kpisOn } from '../../functions/lake/company/chosen-kpis.ts';
import { recordedKpis } from '../../functions/lake/snapshot/store.ts';
import { isDay } from '../../functions/lake/values/day.ts';
import { wordIn } from '../../functions/lake/values/language.ts';
import { languageOf } from '../../functions/languages/languages.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Context } from '../context.ts';
import { sqlOf } from '../explain/explanation.ts';
import { filteredRows } from '../explain/rows.ts';
import { refuseFuture } from '../past-day.ts';
import { EXCEL, excelOf } from '../spreadsheet.ts';
import { type Answer, answerOf } from './answer.ts';
import { calendarPage, dayPage } from './days.ts';
import { figuresView } from './figures-view.tsx';
import { type Frame, nextDays, questionPage } from './page.ts';
import { problemPage } from './problem.ts';
import { addressOfQuestion, changed, type Question, readQuestion, type ViewName, views } from './question.ts';
import { ROWS_SHOWN, rowsView } from './rows-view.tsx';
import type { Answering, Reply } from './server.ts';
import { sqlView } from './sql-view.tsx';
import { csvOf, tableOf } from './table.ts';
import { changeOf, whyView } from './why-view.tsx';

/**
 * Answers addresses: `/` all days, `/2026-11-27` a day, `/2026-11-27/net_revenue?by=region` a figure, `…/why`, `…/rows`, `…/sql`,
 * `…/figures.csv` and `.xlsx`. One question after another, for a database opens once; it is open while a question is answered and no
 * longer, so that the morning's run gets in. What is wrong with a question is a page that says what is allowed.
 */
export function answering(context: Context): Answering {
  const inTurn = pLimit(1);
  const kept: Frame['kept'] = new Map();
  return (path, query) =>
    inTurn(async () => {
      try {
        return await route(context, kept, path, query);
      } catch (error) {
        if (!(error instanceof VigieError)) throw error;
        return problemPage(error, path);
      } finally {
        await context.close();
      }
    });
}

async function route(
  context: Context,
  kept: Frame['kept'],
  path: string,
  query: URLSearchParams,
): Promise<Reply> {
  const [asOf = '', id, part, ...more] = path.split('/').slice(1).map(decoded);
  if (path === '/go') return go(context, query);
  const frame = { context, kept, listed: await listedKpis(context) };
  if (path === '/') return calendarPage(frame);
  if (!isDay(asOf) || more.length > 0) throw noSuchPage(path);
  refuseFuture(context, { The_day: asOf });
  if (id === undefined || id === '') return dayPage(frame, asOf);
  const kpi = context.catalogue.kpi(id);
  if (part === 'figures.csv' || part === 'figures.xlsx')
    return saved(context, readQuestion(kpi, asOf, 'figures', query), part, query.get('lang'));
  if (part !== undefined && part !== '' && !isView(part)) throw noSuchPage(path);
  return questionReply(frame, readQuestion(kpi, asOf, part ? (part as ViewName) : 'figures', query));
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    // A broken escape names no page; the page that says so shows it as it was sent.
    return part;
  }
};

const isView = (part: string): part is ViewName => (views as readonly string[]).includes(part);

const noSuchPage = (path: string): VigieError =>
  new VigieError(`There is no page ${path}.`, {
    code: 'NOT_FOUND',
    hint: `Pages are /, /2026-11-27, /2026-11-27/net_revenue, and of that ${views.slice(1).join(', ')}, figures.csv, figures.xlsx.`,
  });

/** KPIs that are on, of which anything was ever recorded. */
async function listedKpis({ company, catalogue, platform }: Context): Promise<Frame['listed']> {
  const recorded = new Set(await recordedKpis(platform.bucket));
  return kpisOn(company, catalogue.kpis).filter(({ id }) => recorded.has(id));
}

/** From the fields of the page to the address of the question. */
function go(context: Context, query: URLSearchParams): Reply {
  const day = query.get('day') ?? '';
  const view = query.get('view') ?? 'figures';
  if (!isDay(day))
    throw new VigieError(`\`${day}\` is no day.`, { code: 'USAGE', hint: 'Write a day as 2026-11-21.' });
  const rest = new URLSearchParams([...query].filter(([field]) => !['day', 'kpi', 'view'].includes(field)));
  const kpi = context.catalogue.kpi(query.get('kpi') ?? '');
  const question = readQuestion(kpi, day, isView(view) ? view : 'figures', rest);
  // Of a dimension of which one member is chosen there is nothing to break down.
  const by = question.by.filter((each) => !question.where.some(({ dimension }) => dimension === each));
  return {
    status: 303,
    type: 'text/plain',
    body: '',
    location: addressOfQuestion(changed(question, { by })),
  };
}

async function questionReply(frame: Frame, question: Question): Promise<Reply> {
  const { context } = frame;
  const { kpi, asOf, view } = question;
  const near = await nextDays(context, question);
  const answer = await answerOf(context, view === 'figures' ? question : wholeOf(question));
  const page = (made: Parameters<typeof questionPage>[3]): Reply =>
    questionPage(frame, question, { day: answer.day, sheet: answer.sheet, near }, made);
  const asked: Answer = { ...answer, question };
  if (view === 'figures') return page(figuresView(asked));
  if (view === 'why') return page(whyView(asked, await changeOf(context, question, answer.sheet)));
  if (view === 'sql') return page(sqlView(asked, await sqlOf(context, kpi, asOf)));
  const table = question.table ?? Object.keys(kpi.reads)[0] ?? '';
  const { period, where, from } = question;
  const rows = await filteredRows(context, {
    kpi,
    date: asOf,
    period,
    table,
    where,
    limit: ROWS_SHOWN,
    offset: from,
  });
  return page(rowsView(asked, rows));
}

/** Beside why, rows and SQL the recorded figure stands: of one member, or of all. */
const wholeOf = (question: Question): Question =>
  changed(question, { by: [], where: question.view === 'why' ? [] : question.where.slice(0, 1) });

async function saved(
  context: Context,
  question: Question,
  file: `figures.${'csv' | 'xlsx'}`,
  lang: string | null,
): Promise<Reply> {
  const language = languageOf(lang ?? context.company.recipients[0]?.language);
  const table = tableOf(await answerOf(context, question), language);
  const { kpi, asOf, by } = question;
  const saveAs = file.replace('figures', [kpi.id, ...by, asOf].join('-'));
  if (file === 'figures.csv') return { status: 200, type: 'text/csv', body: csvOf(table, language), saveAs };
  return { status: 200, type: EXCEL, body: await excelOf(table, wordIn(kpi.names, language)), saveAs };
}
