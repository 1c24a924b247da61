import type { StatementOptions } from '../engine.ts';
import { messageOf, VigieError } from '../errors.ts';

const SAMPLE_LENGTH = 2000;
const nameOf = (statement: StatementOptions | undefined): string => statement?.label ?? 'statement';

/** The error of a statement that its caller stopped. */
export const cancelled = (statement: StatementOptions | undefined): VigieError =>
  new VigieError(`${nameOf(statement)}: stopped`, { code: 'SQL_CANCELLED', retryable: true });

/** What DuckDB says of a statement, as an error of ours; `where.line` is the line of the statement it points at. */
export function statementFailed(
  sql: string,
  statement: StatementOptions | undefined,
  cause: unknown,
): VigieError {
  const text = messageOf(cause);
  const line = /^LINE (\d+):/m.exec(text)?.[1];
  const where = {
    sample: sql.slice(0, SAMPLE_LENGTH),
    ...(line === undefined ? {} : { line: Number(line) }),
  };
  const message = `${nameOf(statement)}: ${text}`;
  if (/^Out of Memory Error/.test(text)) {
    return new VigieError(message, {
      code: 'SQL_OUT_OF_MEMORY',
      cause,
      where,
      hint: 'Give the engine more memory (VIGIE_MEMORY=2GB), or free space on the disk of the state folder: it spills there.',
    });
  }
  return new VigieError(message, {
    code: 'SQL_FAILED',
    cause,
    where,
    retryable: /^TransactionContext Error.*[Cc]onflict/.test(text),
  });
}

/** What is no database, or no whole one. One of a newer version, or in use by another run, is neither. */
export const isDamagedFile = (cause: unknown): boolean =>
  /not a valid DuckDB database file|corrupt|checksum|read enough bytes|Serialization Error|Failed to deserialize|replaying WAL/i.test(
    messageOf(cause),
  ) && !/version number|newer version/i.test(messageOf(cause));

/** Why the database file could not be opened. */
export function openFailed(file: string, cause: unknown): VigieError {
  const text = messageOf(cause);
  const holder = /\(PID (\d+)\)/.exec(text)?.[1];
  if (
    /Could not set lock|being used by another process|already attached|Unique file handle conflict/i.test(
      text,
    )
  ) {
    return new VigieError(
      `${file} is in use by another run${holder === undefined ? '' : ` (process ${holder})`}`,
      {
        code: 'LAKE_LOCKED',
        cause,
        where: { file },
        retryable: true,
        hint: 'Wait until that run has ended, or end its process; then start again. Nothing is lost: each step can be repeated.',
      },
    );
  }
  return new VigieError(`${file} cannot be opened: ${text}`, {
    code: 'LAKE_UNREADABLE',
    cause,
    where: { file },
    hint: 'Look whether its folder can be read and written, and whether a newer version of Vigie wrote it: then run that one. Otherwise move the file away (and its .wal) and run again: the lake is filled anew from landing/, and what is not there any more is read from its source. docs/operations/damaged-state.md says more.',
  });
}
