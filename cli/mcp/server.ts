import { McpServer } from '@modelcontextprotocol/server';
import pLimit from 'p-limit';
import { z } from 'zod';
import { listOpenAlerts } from '../../functions/lake/alerts/open-alerts.ts';
import { figureKinds, periodNames, themes } from '../../functions/lake/catalogue/kpi.ts';
import { readLabels } from '../../functions/lake/catalogue/labels.ts';
import { version } from '../../functions/lake/run/version.ts';
import { isDay } from '../../functions/lake/values/day.ts';
import { wordIn } from '../../functions/lake/values/language.ts';
import { en } from '../../functions/languages/en.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import type { Context } from '../context.ts';
import { dayAsked, explanation, sqlOf } from '../explain/explanation.ts';
import { rowsBehind } from '../explain/rows.ts';
import { standingOf } from '../kpis/standing.ts';
import { refuseFuture } from '../past-day.ts';
import { figuresOf } from '../values/value-rows.ts';

const day = z.string().refine(isDay, 'a day of the calendar, as YYYY-MM-DD');
const kpi = z.string().describe('Id of a KPI, as list_kpis has it.');
const date = day.optional().describe('As-of date; the newest one measured where it is left out.');
const period = z.enum(periodNames).optional().describe('Window; the headline window where it is left out.');
const page = {
  limit: z.int().min(1).max(500).default(50),
  offset: z.int().min(0).default(0),
};

const INSTRUCTIONS = `Figures of one company, as Vigie recorded them. A figure has a KPI, an as-of date, a window (period) and a
comparison. \`value\` null is no data, which is not 0; \`percent\` is a fraction, 0.75 for 75 %. \`quality\` other than ok says
that the figure rests on late or missing data: say so when you quote it. Begin with list_kpis.`;

/** Opens what a question is about, for as long as it takes to answer. */
export type OpenContext = () => Promise<Context>;

/**
 * What an assistant may ask of a company: it reads, and changes nothing. `values`, `explain` and `alerts` answer from the same
 * functions. Each question opens the company and closes it again: a database that stayed open would keep the morning's run out.
 */
export function mcpServer(open: OpenContext): McpServer {
  const ask = asking(open);
  const server = new McpServer({ name: 'vigie', version }, { instructions: INSTRUCTIONS });
  listKpis(server, ask);
  values(server, ask);
  explain(server, ask);
  alerts(server, ask);
  rows(server, ask);
  return server;
}

const READS = { readOnlyHint: true, idempotentHint: true, openWorldHint: false } as const;

interface Answer {
  [extra: string]: unknown;
  content: { type: 'text'; text: string }[];
  isError?: boolean;
}

const said = (text: string): Answer => ({ content: [{ type: 'text', text }] });

type Ask = (work: (context: Context) => Promise<string>) => Promise<Answer>;

/** One question after another, for a database opens once. What is wrong with one is an answer that says what is allowed: it can be asked again. */
function asking(open: OpenContext): Ask {
  const inTurn = pLimit(1);
  return (work) =>
    inTurn(async () => {
      try {
        const context = await open();
        try {
          return said(await work(context));
        } finally {
          await context.close();
        }
      } catch (error) {
        if (!(error instanceof VigieError)) throw error;
        return { ...said(`${error.message}${error.hint ? ` ${error.hint}` : ''}`), isError: true };
      }
    });
}

function listKpis(server: McpServer, ask: Ask): void {
  server.registerTool(
    'list_kpis',
    {
      description:
        'Every KPI, or those of a theme: definition, unit, windows, dimensions, and where it stands in this company.',
      inputSchema: z.object({ theme: z.enum(themes).optional() }),
      annotations: READS,
    },
    ({ theme }) =>
      ask(async (context) => {
        const wanted = context.catalogue.kpis.filter((each) => theme === undefined || each.theme === theme);
        const told = wanted.map(async (each) => ({
          ...(await standingOf(context, each)),
          definition: wordIn(each.describes, en),
          good: each.good,
          windows: each.windows,
          headline: each.headline,
          dimensions: Object.keys(each.dimensions),
          reads: Object.keys(each.reads),
        }));
        return JSON.stringify(await Promise.all(told));
      }),
  );
}

function values(server: McpServer, ask: Ask): void {
  server.registerTool(
    'get_values',
    {
      description:
        'Figures of a KPI: the total, or the members of a dimension, largest first, a page of them.',
      inputSchema: z.object({
        ...{ kpi, date, period },
        comparison: z.enum(figureKinds).optional().describe('current where it is left out'),
        dimension: z.string().optional(),
        known_at: z.string().optional().describe('A day or an instant: the figures as they were known then.'),
        ...page,
      }),
      annotations: READS,
    },
    ({ kpi: id, known_at: knownAt, limit, offset, ...asked }) =>
      ask(async (context) => {
        refuseFuture(context, { date: asked.date, known_at: knownAt });
        const all = await figuresOf(context, context.catalogue.kpi(id), { ...asked, knownAt });
        const labels = await readLabels(context.platform.bucket);
        const figures = all.slice(offset, offset + limit).map((row) => ({
          ...row,
          ...(row.dimension === null || row.member === null
            ? {}
            : { label: labels.name(row.dimension, row.member) ?? null }),
        }));
        const next = offset + limit < all.length ? offset + limit : null;
        const { currency } = context.company.company;
        return JSON.stringify({ currency, figures, of: all.length, next_offset: next });
      }),
  );
}

function explain(server: McpServer, ask: Ask): void {
  server.registerTool(
    'explain',
    {
      description:
        'Where a figure comes from and why it moved: windows, the member that caused the change if any did, rows and files behind it.',
      inputSchema: z.object({
        kpi,
        date,
        period,
        sql: z.boolean().default(false).describe('Only the SQL that computes it.'),
      }),
      annotations: READS,
    },
    ({ kpi: id, date: asked, period: window, sql: only }) =>
      ask(async (context) => {
        refuseFuture(context, { date: asked });
        const found = context.catalogue.kpi(id);
        const on = await dayAsked(context, id, asked);
        const sql = await sqlOf(context, found, on);
        if (only) return sql;
        return (await explanation(context, found, on, window ?? found.headline, sql)).join('\n');
      }),
  );
}

function alerts(server: McpServer, ask: Ask): void {
  server.registerTool(
    'list_alerts',
    {
      description: 'Alerts that are open after the newest day judged, or after a day.',
      inputSchema: z.object({ date }),
      annotations: READS,
    },
    ({ date: asked }) =>
      ask(async (context) => {
        refuseFuture(context, { date: asked });
        return JSON.stringify(await listOpenAlerts(context.platform.bucket, asked));
      }),
  );
}

function rows(server: McpServer, ask: Ask): void {
  server.registerTool(
    'get_rows',
    {
      description:
        'Rows of the lake that the current window of a KPI is counted of, a page of them, without personal data. Reads the lake: on AWS it costs as a query does.',
      inputSchema: z.object({
        ...{ kpi, date, period },
        table: z.string().describe('One of the tables that the KPI reads.'),
        ...page,
      }),
      annotations: READS,
    },
    ({ kpi: id, date: asked, period: window, ...rest }) =>
      ask(async (context) => {
        refuseFuture(context, { date: asked });
        const found = context.catalogue.kpi(id);
        const on = await dayAsked(context, id, asked);
        return JSON.stringify(
          await rowsBehind(context, { kpi: found, date: on, period: window ?? found.headline, ...rest }),
        );
      }),
  );
}
