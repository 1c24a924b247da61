import { replaceAddresses } from './redact/addresses.ts';

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

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder',
  EACCES: 'This user may not read or write',
  EPERM: 'This user may not read or write',
  EROFS: 'This file system cannot be written',
  ENOSPC: 'The disk is full',
  EDQUOT: 'The disk quota is used up',
  EMFILE: 'Too many files are open',
  EIO: 'The disk does not answer',
  EISDIR: 'This is a folder, where a file was expected',
  ENOTDIR: 'This is a file, where a folder was expected',
};

/** What the file system refuses is for the user to mend, not a bug; undefined for anything else. */
export function fileProblem(error: unknown): VigieError | undefined {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const words = error instanceof Error && code !== undefined ? FILE_PROBLEMS[code] : undefined;
  if (words === undefined || code === undefined) return undefined;
  return new VigieError(`${words}${path === undefined ? '.' : `: ${path}`}`, {
    code,
    hint: 'Check the path, the space on its disk and who may write there, then start the command again.',
    cause: error,
  });
}

/** The code of what nobody foresaw. */
export const BUG = 'BUG';

/**
 * Anything thrown as an error of ours, for where one failure must not end what goes on beside it: what nobody foresaw
 * is a bug of Vigie, and is said to be one.
 */
export function understood(error: unknown): VigieError {
  if (error instanceof VigieError) return error;
  return (
    fileProblem(error) ??
    new VigieError(`this is a bug in Vigie: ${bugWords(error)}`, {
      code: BUG,
      hint: 'What does not depend on it went on. Please report it with this line.',
      cause: error,
    })
  );
}

const MOST_WORDS = 200;

/** `TypeError: x is not a function (functions/judge/policy.ts:12)`; what a value said is cut or blotted out. */
function bugWords(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  // JSON.parse quotes what it was given.
  const said = error instanceof SyntaxError ? messageOf(error).split('"')[0] : messageOf(error);
  const safe = replaceAddresses((said ?? '').slice(0, 2 * MOST_WORDS), 'likely', () => '(e-mail address)');
  const words = safe.slice(0, MOST_WORDS).split('\n')[0];
  const place = placeOf(error);
  return `${name}: ${words}${place === undefined ? '' : ` (${place})`}`;
}

/** The first line of ours in its stack. */
const placeOf = (error: unknown): string | undefined =>
  error instanceof Error
    ? /\b((?:functions|cli|sandbox)\/[\w./-]{1,200}\.tsx?:\d+)/.exec(error.stack ?? '')?.[1]
    : undefined;
