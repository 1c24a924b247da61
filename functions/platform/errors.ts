/**
 * The one error family of Vigie. An error is written for the person who has to act on it:
 * `message` says what happened and where, `hint` says what to do next.
 */
export interface VigieErrorOptions {
  /** Stable identifier an operator can search for, such as `CONFIG_INVALID`. */
  readonly code: string;
  /** What to do next, in one or two sentences. */
  readonly hint?: string;
  /** True where the same call may succeed later (throttling, time-out). Default false. */
  readonly retryable?: boolean;
  /** Where it happened: file, line, column, field, sample … whatever is known. */
  readonly where?: Where;
  readonly cause?: unknown;
}

/** The place of a mistake, as precisely as it is known. `line` and `column` count from 1. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number | string;
  readonly field?: string;
  readonly sample?: string;
}

/** Any failure whose reason is understood. Everything else that is thrown is a bug of ours. */
export class VigieError extends Error {
  readonly code: string;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly where: Where | undefined;

  constructor(message: string, options: VigieErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'VigieError';
    this.code = options.code;
    this.hint = options.hint;
    this.retryable = options.retryable ?? false;
    this.where = options.where;
  }
}

/** `file:line:column`, as far as it is known; empty text when nothing is. */
export function formatWhere(where: Where | undefined): string {
  if (!where) return '';
  const place = [where.file, where.line, where.column].filter((part) => part !== undefined).join(':');
  const field = where.field === undefined ? '' : ` (${where.field})`;
  return `${place}${field}`.trim();
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
