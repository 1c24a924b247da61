import type { Command } from 'commander';

/** A command as `vigie --help` lists it; the rest of it is loaded when it is called. */
export interface ListedCommand {
  readonly name: string;
  /** Its operand, as commander writes one, and what that is. */
  readonly operand?: readonly [string, string];
  readonly does: string;
  /** Whether it can be asked of what is deployed, with `--stack`. */
  readonly onStack: boolean;
  /** Gives the command its options, its examples and what it does. */
  readonly load: () => Promise<(command: Command) => void>;
}

/** Every command, in the order of the help. */
export const commandList: readonly ListedCommand[] = [
  {
    name: 'run',
    does: 'read the exports, load, check, compute the figures, judge the alerts, tell people',
    onStack: true,
    load: async () => (await import('./commands/run.ts')).completeRun,
  },
  {
    name: 'kpis',
    operand: ['[kpi]', 'id of a KPI, or a theme'],
    does: 'every KPI there is, or those of a theme, and where it stands in this company; one of them in full',
    onStack: true,
    load: async () => (await import('./commands/kpis.ts')).completeKpis,
  },
  {
    name: 'values',
    operand: ['<kpi...>', 'ids of KPIs'],
    does: 'show figures of the snapshot',
    onStack: true,
    load: async () => (await import('./commands/values.ts')).completeValues,
  },
  {
    name: 'explain',
    operand: ['<kpi>', 'id of a KPI'],
    does: 'where a figure comes from: definition, windows, what moved it, rows and files behind it, the SQL',
    onStack: true,
    load: async () => (await import('./commands/explain.ts')).completeExplain,
  },
  {
    name: 'open',
    operand: ['[kpi]', 'id of a KPI to begin with'],
    does: 'ask the next question in a browser: any day, window and figure; break down, cross, filter, why, rows; this machine only, changes nothing',
    onStack: true,
    load: async () => (await import('./commands/open.ts')).completeOpen,
  },
  {
    name: 'diff',
    operand: ['[kpi...]', 'ids of KPIs (default: all)'],
    does: 'what an upgrade, or a change of yours, does to the figures of the newest day; records nothing',
    onStack: true,
    load: async () => (await import('./commands/diff.ts')).completeDiff,
  },
  {
    name: 'lists',
    operand: ['[list]', 'id of a list'],
    does: 'what to act on, with the reasons: lost sales to call about, good customers who go quiet, the hottest leads',
    onStack: true,
    load: async () => (await import('./commands/lists.ts')).completeLists,
  },
  {
    name: 'audiences',
    operand: ['[audience]', 'id of an audience of vigie.yaml'],
    does: 'files by which ad platforms find those who looked at articles and agree to be targeted: how many are on them; one file',
    onStack: true,
    load: async () => (await import('./commands/audiences.ts')).completeAudiences,
  },
  {
    name: 'export',
    operand: [
      '<file>',
      'what is written, as its name ends: .parquet, .csv, .sql (a view for DuckDB), .yaml (the KPIs as Open Semantic Interchange)',
    ],
    does: 'the figures as one table for BI: newest recording only, one row a figure; as a file, or as a view that reads them live',
    onStack: true,
    load: async () => (await import('./commands/export.ts')).completeExport,
  },
  {
    name: 'alerts',
    does: 'what is open; snooze and acknowledge',
    onStack: true,
    load: async () => (await import('./commands/alerts.ts')).completeAlerts,
  },
  {
    name: 'annotate',
    does: 'note what happened (a promotion, a closure, a release, a stock-out): charts mark it, alerts tell it',
    onStack: true,
    load: async () => (await import('./commands/annotate.ts')).completeAnnotate,
  },
  {
    name: 'config',
    operand: ['<what>', 'check, which changes nothing, or push'],
    does: 'recipients and alert rules of vigie.yaml for the next run of a stack, without a deployment',
    onStack: true,
    load: async () => (await import('./commands/config.ts')).completeConfig,
  },
  {
    name: 'mcp',
    does: 'answer an assistant over the Model Context Protocol: KPIs, figures, why they moved, alerts, rows; changes nothing',
    onStack: true,
    load: async () => (await import('./commands/mcp.ts')).completeMcp,
  },
  {
    name: 'digest',
    does: 'show the digest as a recipient would get it; sends nothing',
    onStack: true,
    load: async () => (await import('./commands/digest.ts')).completeDigest,
  },
  {
    name: 'send',
    does: 'send the mails of a day that were not sent yet; with --again its digest once more',
    onStack: true,
    load: async () => (await import('./commands/send.ts')).completeSend,
  },
  {
    name: 'report',
    does: 'write the HTML report of a day: every figure, window and dimension',
    onStack: true,
    load: async () => (await import('./commands/report.ts')).completeReport,
  },
  {
    name: 'doctor',
    does: 'is everything in place? configuration, files, state, mail, last run; on AWS, or before it is there',
    onStack: true,
    load: async () => (await import('./commands/doctor.ts')).completeDoctor,
  },
  {
    name: 'try',
    operand: ['<source>', 'name of a source of vigie.yaml'],
    does: 'read a little of a source: raw beside what becomes of it; nothing is kept',
    onStack: false,
    load: async () => (await import('./commands/try.ts')).completeTry,
  },
  {
    name: 'replay',
    operand: ['<source>', 'name of a source of vigie.yaml'],
    does: 'map the raw archive of a source again, after its mapping changed; the vendor is not asked',
    onStack: false,
    load: async () => (await import('./commands/replay.ts')).completeReplay,
  },
  {
    name: 'init',
    does: 'write a first vigie.yaml, with comments, that reads a CSV of orders',
    onStack: false,
    load: async () => (await import('./commands/init.ts')).completeInit,
  },
  {
    name: 'test',
    operand: ['[kpi...]', 'ids of KPIs; without any, everything in the folder'],
    does: 'test your own folder: definitions, SQL, checks, and the cases of its KPIs',
    onStack: false,
    load: async () => (await import('./commands/test.ts')).completeTest,
  },
  {
    name: 'new',
    does: 'write the files of something new',
    onStack: false,
    load: async () => (await import('./commands/new.ts')).completeNew,
  },
  {
    name: 'sandbox',
    does: 'a made-up company’s morning, end to end: what `npm start` runs',
    onStack: false,
    load: async () => (await import('./commands/sandbox.ts')).completeSandbox,
  },
];
