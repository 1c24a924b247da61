import type { Stage } from '../../functions/pipeline.ts';
import type { MapState, State, StateMachine, TaskState } from './asl.ts';
import { invoke, invokeOnce } from './invoke.ts';

/** A run that takes longer than this hangs. A back-fill of years takes less. */
const RUN_SECONDS = 6 * 3600;

/**
 * The pipeline as a state machine:
 *
 *     Begin → (busy | nothing: over) → for each stage: <Step>Items → <Step> (a Map over them) → … → End
 *
 * What a stage may go on without is caught and told of, an item or all of them. Nothing is caught on the way to a failure of the whole: an execution that fails in the very state that failed can be
 * redriven from there, one that was led to a Fail state cannot (“Reenters the Fail state and fails again”). Telling
 * people and releasing the lock is done by the rule on the execution’s end (constructs/broken-run.ts), which hears of
 * time-outs and aborts as well.
 */
export function pipelineMachine(stages: readonly Stage[]): StateMachine {
  const states: Record<string, State> = {
    Begin: {
      ...invoke('run', {
        do: 'begin',
        'execution.$': '$$.Execution.Id',
        'startedAt.$': '$$.Execution.StartTime',
        'input.$': '$$.Execution.Input',
      }),
      Comment: 'Takes the lock and decides which days are to be done.',
      OutputPath: '$.Payload',
      Next: 'Begun',
    },
    Begun: {
      Type: 'Choice',
      Choices: [
        { Variable: '$.status', StringEquals: 'go', Next: nameOfFirst(stages) },
        { Variable: '$.status', StringEquals: 'busy', Next: 'Busy' },
        { Variable: '$.status', StringEquals: 'nothing', Next: 'NothingToDo' },
      ],
    },
    Busy: { Type: 'Succeed', Comment: 'Another run is under way; it or the next one does these days.' },
    NothingToDo: { Type: 'Succeed', Comment: 'Every day up to yesterday is done already.' },
  };
  for (const [index, stage] of stages.entries()) {
    const next = stages[index + 1];
    Object.assign(states, stageStates(stage, next === undefined ? 'End' : `${nameOf(next)}Items`));
  }
  states['End'] = {
    ...invoke('run', { do: 'end', 'run.$': '$.run' }),
    Comment: 'Closes the manifest and releases the lock.',
    OutputPath: '$.Payload',
    End: true,
  };
  return {
    Comment: `Vigie: ${stages.map((stage) => stage.step).join(', ')}`,
    StartAt: 'Begin',
    TimeoutSeconds: RUN_SECONDS,
    States: states,
  };
}

const nameOf = (stage: Stage): string => stage.step.charAt(0).toUpperCase() + stage.step.slice(1);
const nameOfFirst = (stages: readonly Stage[]): string => (stages[0] ? `${nameOf(stages[0])}Items` : 'End');

/** What a stage hands over beside `run` stays within it: the next one begins with `run` alone. */
function stageStates(stage: Stage, next: string): Record<string, State> {
  const name = nameOf(stage);
  return {
    [`${name}Items`]: {
      ...invoke(stage.step, { do: 'items', 'run.$': '$.run' }),
      Comment: `What there is to ${stage.step}.`,
      ResultSelector: { 'items.$': '$.Payload.items' },
      ResultPath: '$.stage',
      Next: name,
      ...(stage.onFailure === 'continue' ? caughtBy(`${name}ItemsFailed`) : {}),
    },
    ...(stage.onFailure === 'continue' ? { [`${name}ItemsFailed`]: failedStage(stage, next) } : {}),
    [name]: {
      Type: 'Map',
      Comment: `${stage.does}: each ${stage.over}, ${stage.concurrency} at a time`,
      ItemsPath: '$.stage.items',
      MaxConcurrency: stage.concurrency,
      ItemSelector: { 'run.$': '$.run', 'item.$': '$$.Map.Item.Value' },
      ItemProcessor: itemProcessor(stage, name),
      ResultPath: null,
      Next: next,
    },
  };
}

function itemProcessor(stage: Stage, name: string): MapState['ItemProcessor'] {
  const item: State = {
    ...(stage.step === 'load' ? invokeOnce : invoke)(stage.step, {
      do: 'item',
      'run.$': '$.run',
      'item.$': '$.item',
    }),
    ResultSelector: { 'status.$': '$.Payload.status' },
    ResultPath: '$.outcome',
    Next: `${name}Outcome`,
    // A stage that stops the run has no Catch: its failure is the execution’s, to be redriven.
    ...(stage.onFailure === 'stop' ? {} : caughtBy(`${name}Failed`)),
  };
  const states: Record<string, State> = {
    [`${name}Item`]: item,
    [`${name}Outcome`]: {
      Type: 'Choice',
      Comment: 'What takes longer than a function may run goes on from its checkpoint.',
      Choices: [{ Variable: '$.outcome.status', StringEquals: 'unfinished', Next: `${name}Item` }],
      Default: `${name}Over`,
    },
    [`${name}Over`]: {
      Type: 'Pass',
      Parameters: { 'item.$': '$.item', 'status.$': '$.outcome.status' },
      End: true,
    },
  };
  if (stage.onFailure === 'continue') states[`${name}Failed`] = failedItem(stage, name);
  return { ProcessorConfig: { Mode: 'INLINE' }, StartAt: `${name}Item`, States: states };
}

const caughtBy = (Next: string): Pick<TaskState, 'Catch'> => ({
  Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next }],
});

/** A stage whose items could not be listed has none: it is told of by name, and the next ones still tell people. */
const failedStage = (stage: Stage, next: string): State => ({
  ...invoke(stage.step, { do: 'failed', 'run.$': '$.run', 'error.$': '$.error' }),
  Comment: `Nothing to ${stage.step} today; that is told, and people are.`,
  ResultPath: null,
  Next: next,
});

const failedItem = (stage: Stage, name: string): State => ({
  ...invoke(stage.step, { do: 'failed', 'run.$': '$.run', 'item.$': '$.item', 'error.$': '$.error' }),
  Comment: `The others go on; this ${stage.over} is told of.`,
  ResultSelector: { status: 'failed' },
  ResultPath: '$.outcome',
  Next: `${name}Over`,
});
