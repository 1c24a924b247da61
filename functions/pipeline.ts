/**
 * The pipeline, written once, as data. The command line walks it in process (cli/run/run-pipeline.ts); infra/ turns it into
 * the state machine. Neither knows an order of its own.
 */
export type StepName = 'pull' | 'load' | 'check' | 'measure' | 'judge' | 'report';

export interface Stage {
  readonly step: StepName;
  /** What it fans out over; `run`: once. */
  readonly over: 'source' | 'batch' | 'kpi' | 'run';
  /** How many items at a time, at most. */
  readonly concurrency: number;
  /**
   * What the failure of one item means where each is a state of its own (AWS). `continue`: the others go on, the manifest
   * names it, what depends on it is marked. `stop`: nothing comes after it; the execution fails there, to be redriven.
   */
  readonly onFailure: 'continue' | 'stop';
  /** What it does, for progress lines and the state machine’s comments. */
  readonly does: string;
}

export const pipeline: readonly Stage[] = [
  { step: 'pull', over: 'source', concurrency: 4, onFailure: 'continue', does: 'read the exports' },
  { step: 'load', over: 'batch', concurrency: 1, onFailure: 'continue', does: 'merge into the lake' },
  { step: 'check', over: 'run', concurrency: 1, onFailure: 'continue', does: 'check the lake' },
  { step: 'measure', over: 'kpi', concurrency: 4, onFailure: 'continue', does: 'compute the figures' },
  { step: 'judge', over: 'run', concurrency: 1, onFailure: 'continue', does: 'judge the alerts' },
  { step: 'report', over: 'run', concurrency: 1, onFailure: 'stop', does: 'tell people' },
];
