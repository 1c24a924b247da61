import { runChecks } from '../../functions/check/run-checks.ts';
import { judgeDays } from '../../functions/judge/judge.ts';
import { datesBetween } from '../../functions/lake/calendar.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { measureKpi } from '../../functions/measure/measure-kpi.ts';
import type { StepName } from '../../functions/pipeline.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { pullSource } from '../../functions/pull/pull-source.ts';
import { writeReport } from '../../functions/report/html/write-report.ts';
import { sendMails } from '../../functions/report/send-mails.ts';
import type { Context } from '../context.ts';
import type { ItemOutcome } from './progress.ts';
import { asOfsToMeasure, type RunState } from './run-state.ts';

/** One thing a step does: a source, a batch, a KPI, or the whole. */
export interface WorkItem {
  readonly name: string;
  run(): Promise<ItemOutcome>;
}

interface Binding {
  items(context: Context, state: RunState): WorkItem[];
  summary(context: Context, state: RunState): string;
}

const ok = (detail: string): ItemOutcome => ({ status: 'ok', detail });
const count = (n: number, noun: string): string => `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`;

/** The local binding of each step of the pipeline. */
export const bindings: Readonly<Record<StepName, Binding>> = {
  pull: {
    items: (context, state) =>
      context.company.sources.map((source) => ({
        name: source.name,
        run: () => pull(context, state, source),
      })),
    summary(_, state) {
      const batches = state.pulls.flatMap((pull) => pull.batches);
      const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
      const files = batches.reduce((sum, batch) => sum + batch.inputs.length, 0);
      return files === 0 ? 'nothing new' : `${count(rows, 'row')} from ${count(files, 'file')}`;
    },
  },
  load: {
    items: (context, state) =>
      state.pulls
        .flatMap((pull) => pull.batches)
        .map((batch) => ({
          name: `${batch.source} → ${batch.table}`,
          run: () => load(context, state, batch),
        })),
    summary(_, state) {
      const sum = (key: 'inserted' | 'updated' | 'deleted'): number =>
        state.loads.reduce((total, load) => total + load[key], 0);
      return `${count(sum('inserted'), 'row')} new, ${sum('updated').toLocaleString('en')} changed, ${sum('deleted').toLocaleString('en')} gone`;
    },
  },
  check: {
    items: (context, state) => [{ name: 'checks', run: () => check(context, state) }],
    summary(_, state) {
      const errors = (state.findings ?? []).filter((finding) => finding.severity === 'error').length;
      const warnings = (state.findings ?? []).length - errors;
      return errors + warnings === 0
        ? 'all in order'
        : `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
    },
  },
  measure: {
    items: (context, state) =>
      context.catalogue.kpis
        .filter((kpi) => !context.company.kpis.off.includes(kpi.id))
        .map((kpi) => ({ name: kpi.id, run: () => measure(context, state, kpi) })),
    summary(_, state) {
      const measured = state.kpis.filter((kpi) => kpi.status === 'ok' || kpi.status === 'unchanged').length;
      const rows = state.kpis.reduce((sum, kpi) => sum + kpi.rows, 0);
      return `${count(measured, 'KPI')}, ${count(rows, 'new figure')}`;
    },
  },
  judge: {
    items: (context, state) => [{ name: 'alerts', run: () => judge(context, state) }],
    summary(_, state) {
      const open = (state.alerts?.states ?? []).filter((alert) => alert.firedOn !== null).length;
      const opened = (state.alerts?.events ?? []).filter((event) => event.kind === 'opened').length;
      return `${count(open, 'alert')} open, ${opened} new`;
    },
  },
  report: {
    items: (context, state) => [{ name: 'mails and report', run: () => report(context, state) }],
    summary(_, state) {
      const sent = state.mails.filter((mail) => mail.status === 'sent').length;
      const before = state.mails.filter((mail) => mail.status === 'already sent').length;
      return `${count(sent, 'mail')} sent${before ? `, ${before} sent before` : ''}, report written`;
    },
  },
};

async function pull(
  context: Context,
  state: RunState,
  source: Context['company']['sources'][number],
): Promise<ItemOutcome> {
  const report = await pullSource(context.platform, {
    company: context.company,
    source,
    asOf: state.asOf,
    run: state.run,
  });
  state.pulls.push(report);
  if (report.problem) return { status: 'failed', detail: problemLine(report.problem) };
  const rejected = report.batches.reduce((sum, batch) => sum + batch.rejected, 0);
  return rejected > 0
    ? { status: 'warning', detail: `${count(rejected, 'row')} rejected, kept under rejected/` }
    : ok(report.status);
}

async function load(
  context: Context,
  state: RunState,
  batch: Parameters<typeof loadBatch>[1],
): Promise<ItemOutcome> {
  try {
    if (state.loads.length === 0) await ensureTables(context.platform);
    state.loads.push(await loadBatch(context.platform, batch));
    return ok('loaded');
  } catch (error) {
    if (!(error instanceof VigieError)) throw error;
    // The table keeps what it had; the checks will find it stale, and the source counts as failed in the manifest.
    const problem = { code: error.code, message: error.message, ...(error.hint ? { hint: error.hint } : {}) };
    const index = state.pulls.findIndex((pulled) => pulled.source === batch.source);
    const before = state.pulls[index];
    if (before) state.pulls[index] = { ...before, status: 'failed', problem };
    return { status: 'failed', detail: problemLine(problem) };
  }
}

async function check(context: Context, state: RunState): Promise<ItemOutcome> {
  await ensureTables(context.platform);
  const kpis = context.catalogue.kpis.filter((kpi) => !context.company.kpis.off.includes(kpi.id));
  const report = await runChecks(context.platform, {
    company: context.company,
    asOf: state.asOf,
    run: state.run,
    pulls: state.pulls,
    kpis,
  });
  state.findings = report.findings;
  const first = report.findings.find((finding) => finding.severity === 'error') ?? report.findings[0];
  if (!first) return ok('all in order');
  return { status: 'warning', detail: report.findings.map((finding) => finding.message).join('\n') };
}

async function measure(
  context: Context,
  state: RunState,
  kpi: Context['catalogue']['kpis'][number],
): Promise<ItemOutcome> {
  const run = await measureKpi(context.platform, {
    company: context.company,
    catalogue: context.catalogue,
    kpi,
    asOfs: asOfsToMeasure(state),
    run: state.run,
    findings: state.findings ?? [],
  });
  state.kpis.push(run);
  if (run.status === 'failed')
    return { status: 'failed', detail: run.problem ? problemLine(run.problem) : 'failed' };
  return ok(run.status);
}

async function judge(context: Context, state: RunState): Promise<ItemOutcome> {
  const reports = await judgeDays(context.platform, {
    company: context.company,
    catalogue: context.catalogue,
    asOfs: datesBetween(state.from, state.asOf),
    run: state.run,
  });
  state.alerts = reports.at(-1) ?? null;
  return ok('judged');
}

async function report(context: Context, state: RunState): Promise<ItemOutcome> {
  const input = { company: context.company, catalogue: context.catalogue, asOf: state.asOf, run: state.run };
  const written = await writeReport(context.platform, input);
  state.reportKey = written.key;
  state.mails.push(...(await sendMails(context.platform, input)));
  const failed = state.mails.filter((mail) => mail.status === 'failed');
  if (failed.length === 0) return ok('told');
  return {
    status: 'failed',
    detail: failed
      .map((mail) => `${mail.id}: ${mail.problem ? problemLine(mail.problem) : 'failed'}`)
      .join('\n'),
  };
}

const problemLine = (problem: { readonly message: string; readonly hint?: string }): string =>
  problem.hint ? `${problem.message} ${problem.hint}` : problem.message;
