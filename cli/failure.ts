import { CommanderError } from 'commander';
import { fileProblem, formatWhere, VigieError } from '../functions/platform/errors.ts';
import { err } from './colours.ts';
import { withOwnPages } from './own-pages.ts';
import { redactor } from './redaction.ts';
import { wrap } from './wrap.ts';

/**
 * Exit codes: 0 done; 1 done, but something failed on the way (a source, a KPI, a mail); 2 the user’s mistake
 * (arguments, configuration); 70 a bug of ours.
 */
export const exitCodes = { done: 0, partly: 1, usage: 2, bug: 70 } as const;

/** What the person wrote, on the command line or in vigie.yaml, is shown as written: there the mistake is. */
const OWN_WORDS = new Set(['USAGE', 'CONFIG_INVALID', 'RECIPIENT_UNKNOWN']);

const isOwnWords = (error: unknown): boolean => error instanceof VigieError && OWN_WORDS.has(error.code);

/** Says on stderr why a command could not do its work; gives the exit code. */
export function explainFailure(thrown: unknown): number {
  const error = isOwnWords(thrown) ? thrown : redactor().error(thrown);
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const known = error instanceof VigieError ? error : fileProblem(error);
  if (known) {
    process.stderr.write(describe(known));
    return exitCodes.usage;
  }
  process.stderr.write(`${err.red('✗')} This is a bug in Vigie; please report it with the lines below.\n`);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.bug;
}

function describe(error: VigieError): string {
  const width = process.stderr.columns;
  const file = error.where?.file;
  // Many messages name their file themselves.
  const where = file && !error.message.includes(file) ? `${formatWhere(error.where)}: ` : '';
  const lines = [
    `${err.red('✗')} ${wrap(capital(`${where}${error.message}`), '  ', width).trimStart()}`,
    ...(error.hint ? [wrap(withOwnPages(error.hint), '  ', width)] : []),
    err.dim(`  [${error.code}]`),
  ];
  return `${lines.join('\n')}\n`;
}

/** A sentence; a path, a name or `code` at its beginning stays as it is. */
const capital = (text: string): string =>
  /^[a-z]+ /.test(text) ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;
