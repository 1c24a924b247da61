import type { StepName } from '../functions/pipeline.ts';

/** The functions of a stack: one a step, and `run`, which begins and ends runs, watches and maintains. */
export const functionNames = ['run', 'pull', 'load', 'check', 'measure', 'judge', 'report'] as const;
export type FunctionName = 'run' | StepName;

/** What signs people in to the site, where there is one (constructs/site.ts): no step, and it knows neither bucket nor lake. */
export const SIGN_IN = 'sign-in';
/** What answers the links of alerts, where a company wants them (constructs/alert-links.ts): no step either. */
export const ALERT_LINKS = 'alert-links';
/** What answers people's browsers. */
export const urlFunctions = [SIGN_IN, ALERT_LINKS] as const;
/** Whatever has a bundle. */
export type BundleName = FunctionName | (typeof urlFunctions)[number];

/** The parts of the bucket, by their first folder (docs/architecture.md says what is in each). */
export type Area =
  | 'audiences'
  | 'pushes'
  | 'landing'
  | 'rejected'
  | 'raw'
  | 'state'
  | 'work'
  | 'snapshot'
  | 'figures'
  | 'checks'
  | 'alerts'
  | 'outbox'
  | 'mail'
  | 'reports'
  | 'labels'
  | 'lists'
  | 'runs'
  | 'damaged'
  | 'config'
  | 'lake'
  | 'athena-results'
  | 'inbox';

/** What one function may do. Policies are made from it (constructs/grants.ts), and from nothing else. */
export interface Access {
  readonly reads: readonly Area[];
  /** Write, replace and delete; implies read. */
  readonly writes: readonly Area[];
  /** Statements in the stack’s workgroup; `define`: tables too. */
  readonly athena?: 'query' | 'define';
  /** Reads and rotates the secrets of the company’s sources. */
  readonly sourceSecrets?: true;
  /** Reads the secrets of the places that the company is told in beside mails. */
  readonly channelSecrets?: true;
  /** Reads the secrets by which audiences are pushed. */
  readonly pushSecrets?: true;
  readonly mails?: true;
  /** Publishes to the topics of alerts and of chat. */
  readonly alerts?: true;
  /** Looks at executions of the stack’s state machine. */
  readonly executions?: true;
}

/** Every function keeps its part of the run’s record: under work/, and in the manifest under runs/. */
export const access: Readonly<Record<FunctionName, Access>> = {
  run: {
    reads: ['outbox'],
    // It also repairs what it finds damaged before a run begins (functions/lake/run/mend-state.ts), and removes what was landed
    // of people's consents (functions/load/withdraw.ts).
    writes: [
      ...(['landing', 'work', 'runs', 'state', 'config', 'lake', 'athena-results'] as const),
      ...(['snapshot', 'labels', 'lists', 'alerts', 'checks', 'damaged'] as const),
    ],
    athena: 'define',
    alerts: true,
    executions: true,
  },
  pull: {
    reads: ['config', 'inbox'],
    writes: ['work', 'runs', 'landing', 'rejected', 'raw', 'state'],
    sourceSecrets: true,
  },
  load: {
    reads: ['landing'],
    writes: ['work', 'runs', 'state', 'lake', 'athena-results'],
    athena: 'define',
  },
  check: {
    reads: ['landing', 'rejected', 'state', 'snapshot', 'lake'],
    writes: ['work', 'runs', 'checks', 'athena-results'],
    athena: 'query',
  },
  measure: {
    reads: ['state', 'checks', 'lake'],
    writes: [
      ...(['work', 'runs', 'snapshot', 'figures', 'labels', 'lists', 'audiences', 'pushes'] as const),
      'athena-results',
    ],
    athena: 'query',
    pushSecrets: true,
  },
  judge: {
    reads: ['snapshot', 'checks', 'state', 'labels', 'config'],
    writes: ['work', 'runs', 'alerts'],
  },
  report: {
    reads: ['snapshot', 'checks', 'alerts', 'state', 'labels', 'lists', 'config'],
    writes: ['work', 'runs', 'outbox', 'mail', 'reports'],
    mails: true,
    channelSecrets: true,
    alerts: true,
  },
};

/** Whether the policy of a function lets it read or write a key: for tests that run the real functions. */
export function mayTouch(name: FunctionName, doing: 'read' | 'write', key: string): boolean {
  const { reads, writes } = access[name];
  const areas: readonly string[] = doing === 'write' ? writes : [...reads, ...writes];
  return areas.some((area) => key.startsWith(`${area}/`));
}
