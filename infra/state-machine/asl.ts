/**
 * Amazon States Language, as much of it as Vigie’s machines use (JSONPath). Kept small: walk.ts interprets exactly
 * this, so that tests can walk a machine without AWS.
 */
export interface StateMachine {
  readonly Comment: string;
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, State>>;
}

export type State = TaskState | ChoiceState | MapState | PassState | SucceedState | FailState;

interface Common {
  readonly Comment?: string;
}

/** Either goes on, or ends the machine (within a Map: the item). */
type Onward = { readonly Next: string } | { readonly End: true };

export type TaskState = Common &
  Onward & {
    readonly Type: 'Task';
    /** Always the invocation of a Lambda function. */
    readonly Resource: typeof INVOKE;
    readonly Parameters: { readonly FunctionName: string; readonly Payload: Template };
    readonly TimeoutSeconds: number;
    readonly ResultSelector?: Template;
    readonly ResultPath?: string | null;
    readonly OutputPath?: string;
    readonly Retry?: readonly Retrier[];
    readonly Catch?: readonly Catcher[];
  };

export interface ChoiceState extends Common {
  readonly Type: 'Choice';
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}

export type ChoiceRule = { readonly Variable: string; readonly Next: string } & (
  | { readonly StringEquals: string }
  | { readonly IsPresent: boolean }
);

export type MapState = Common &
  Onward & {
    readonly Type: 'Map';
    readonly ItemsPath: string;
    readonly MaxConcurrency: number;
    readonly ItemSelector: Template;
    readonly ItemProcessor: {
      readonly ProcessorConfig: { readonly Mode: 'INLINE' };
      readonly StartAt: string;
      readonly States: Readonly<Record<string, State>>;
    };
    readonly ResultPath: string | null;
  };

export type PassState = Common & Onward & { readonly Type: 'Pass'; readonly Parameters: Template };
export interface SucceedState extends Common {
  readonly Type: 'Succeed';
}
export interface FailState extends Common {
  readonly Type: 'Fail';
  readonly Error: string;
  readonly Cause: string;
}

/** A JSON value in which a key that ends with `.$` takes its value from a path. */
export interface Template {
  readonly [key: string]: string | number | boolean | Template;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: 'FULL';
}

export interface Catcher {
  readonly ErrorEquals: readonly string[];
  readonly ResultPath: string;
  readonly Next: string;
}

export const INVOKE = 'arn:aws:states:::lambda:invoke';
