/** What runs the pipeline: tells whether an execution is still at work. */
export interface Executions {
  isRunning(execution: string): Promise<boolean>;
}
