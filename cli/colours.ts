import pc from 'picocolors';

/** Whether a stream takes colours: a terminal does, a pipe or a file never; NO_COLOR and FORCE_COLOR have the last word. */
export function takesColours(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Colours of what is printed on stdout, and on stderr: one may be a pipe while the other is a terminal. */
export const out = pc.createColors(takesColours(process.stdout, process.env));
export const err = pc.createColors(takesColours(process.stderr, process.env));
