import type { ChoiceRule, MapState, State, StateMachine, TaskState } from './asl.ts';
import { fill, type Json, pathOf, placed, type Scope } from './paths.ts';

/** How a walk reaches the functions. An error it throws counts by its `name`, as Lambda’s errors do by their type. */
export interface WalkOptions {
  invoke(functionName: string, payload: Json): Promise<Json>;
  readonly input?: Json;
  readonly execution?: { readonly id: string; readonly startedAt: string };
  /** Waits before a retry; default: not at all. */
  wait?(seconds: number): Promise<void>;
}

export interface Walked {
  readonly status: 'succeeded' | 'failed';
  readonly output: Json;
  readonly error?: { readonly Error: string; readonly Cause: string };
  /** Names of the states entered, in order; those of items where they began. */
  readonly entered: readonly string[];
  /** What Step Functions bills: a transition for every state entered and every retry. */
  readonly transitions: number;
}

class StateError extends Error {
  constructor(name: string, cause: string) {
    super(cause);
    this.name = name;
  }
}

interface Walk {
  readonly options: WalkOptions;
  readonly entered: string[];
  retries: number;
}

/**
 * Walks a state machine in process as Step Functions would: the same paths, retries (by name of the error, counted,
 * with back-off but without jitter), catches, and as many items of a Map at once as it says.
 */
export async function walk(machine: StateMachine, options: WalkOptions): Promise<Walked> {
  const walked: Walk = { options, entered: [], retries: 0 };
  const context: Json = {
    Execution: {
      Id: options.execution?.id ?? 'arn:aws:states:eu-west-1:000000000000:execution:walk:1',
      StartTime: options.execution?.startedAt ?? '2026-01-01T00:00:00.000Z',
      Input: options.input ?? {},
    },
  };
  const counts = () => ({ entered: walked.entered, transitions: walked.entered.length + walked.retries });
  try {
    const output = await walkStates(walked, machine, options.input ?? {}, context);
    return { status: 'succeeded', output, ...counts() };
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    return {
      status: 'failed',
      output: null,
      error: { Error: error.name, Cause: error.message },
      ...counts(),
    };
  }
}

async function walkStates(
  walked: Walk,
  { StartAt, States }: Pick<StateMachine, 'StartAt' | 'States'>,
  input: Json,
  context: Json,
): Promise<Json> {
  let data = input;
  let name: string | undefined = StartAt;
  while (name !== undefined) {
    const state: State | undefined = States[name];
    if (!state) throw new Error(`the machine has no state ${name}`);
    walked.entered.push(name);
    const step = await enter(walked, state, { data, context });
    data = step.data;
    name = step.next;
  }
  return data;
}

interface Step {
  readonly data: Json;
  readonly next: string | undefined;
}

const nextOf = (state: { readonly Next: string } | { readonly End: true }): string | undefined =>
  'Next' in state ? state.Next : undefined;

async function enter(walked: Walk, state: State, scope: Scope): Promise<Step> {
  switch (state.Type) {
    case 'Task':
      return enterTask(walked, state, scope);
    case 'Map':
      return { data: await enterMap(walked, state, scope), next: nextOf(state) };
    case 'Choice': {
      const rule = state.Choices.find((candidate) => holds(candidate, scope));
      const next = rule?.Next ?? state.Default;
      if (next === undefined) throw new StateError('States.NoChoiceMatched', JSON.stringify(scope.data));
      return { data: scope.data, next };
    }
    case 'Pass':
      return { data: fill(state.Parameters, scope), next: nextOf(state) };
    case 'Succeed':
      return { data: scope.data, next: undefined };
    case 'Fail':
      throw new StateError(state.Error, state.Cause);
  }
}

function holds(rule: ChoiceRule, scope: Scope): boolean {
  const value = pathOf(rule.Variable, scope);
  return 'IsPresent' in rule ? (value !== undefined) === rule.IsPresent : value === rule.StringEquals;
}

async function enterTask(walked: Walk, state: TaskState, scope: Scope): Promise<Step> {
  const failures = new Map<number, number>();
  for (;;) {
    try {
      const payload = fill(state.Parameters.Payload, scope);
      const name = state.Parameters.FunctionName.replace(/^\$\{|\}$/g, '');
      const raw: Json = { Payload: await walked.options.invoke(name, payload) };
      const result = state.ResultSelector ? fill(state.ResultSelector, { ...scope, data: raw }) : raw;
      const data = placed(scope.data, result, state.ResultPath);
      const output = state.OutputPath === undefined ? data : pathOf(state.OutputPath, { ...scope, data });
      return { data: output ?? null, next: nextOf(state) };
    } catch (error) {
      const { name, message } = error as Error;
      if (await retried(walked, state, name, failures)) continue;
      const caught = state.Catch?.find(({ ErrorEquals }) => matches(ErrorEquals, name));
      if (!caught) throw new StateError(name, message);
      return {
        data: placed(scope.data, { Error: name, Cause: message }, caught.ResultPath),
        next: caught.Next,
      };
    }
  }
}

const matches = (names: readonly string[], name: string): boolean =>
  names.includes('States.ALL') || names.includes(name);

/** Each retrier counts for itself. */
async function retried(
  walked: Walk,
  state: TaskState,
  name: string,
  failures: Map<number, number>,
): Promise<boolean> {
  const index = (state.Retry ?? []).findIndex(({ ErrorEquals }) => matches(ErrorEquals, name));
  const retrier = state.Retry?.[index];
  const before = failures.get(index) ?? 0;
  if (!retrier || before >= retrier.MaxAttempts) return false;
  failures.set(index, before + 1);
  walked.retries += 1;
  const pause = retrier.IntervalSeconds * retrier.BackoffRate ** before;
  await walked.options.wait?.(Math.min(pause, retrier.MaxDelaySeconds));
  return true;
}

/** The first failure ends the Map, once the items under way have ended. */
async function enterMap(walked: Walk, state: MapState, scope: Scope): Promise<Json> {
  const items = pathOf(state.ItemsPath, scope);
  if (!Array.isArray(items)) throw new StateError('States.Runtime', `${state.ItemsPath} is no list`);
  const results: Json[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      const item: Json = {
        ...(scope.context as object),
        Map: { Item: { Index: index, Value: items[index] as Json } },
      };
      const input = fill(state.ItemSelector, { data: scope.data, context: item });
      try {
        results[index] = await walkStates(walked, state.ItemProcessor, input, item);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const width = state.MaxConcurrency === 0 ? items.length : Math.min(state.MaxConcurrency, items.length);
  await Promise.all(Array.from({ length: width }, worker));
  if (failures.length > 0) throw failures[0];
  return placed(scope.data, results, state.ResultPath);
}
