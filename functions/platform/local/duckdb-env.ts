import { VigieError } from '../errors.ts';

/**
 * What the environment says of the engine, each with the remedy where it says nothing that can be: `VIGIE_MEMORY`, its memory;
 * `VIGIE_THREADS`, how many processors it may use at once, where a machine has others at work.
 */
export function engineFrom(env: Readonly<Record<string, string | undefined>>): {
  readonly memoryLimit?: string;
  readonly threads?: number;
} {
  const memoryLimit = said(
    env,
    'VIGIE_MEMORY',
    /^[1-9]\d* ?[MG]B$/,
    'is no size',
    'Write it as 800MB or 2GB.',
  );
  const threads = said(env, 'VIGIE_THREADS', /^[1-9]\d?$/, 'is no number of threads', 'Write it as 1 or 2.');
  return {
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(threads === undefined ? {} : { threads: Number(threads) }),
  };
}

function said(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  allowed: RegExp,
  wrong: string,
  hint: string,
): string | undefined {
  const value = env[name];
  if (value === undefined || value === '') return undefined;
  if (allowed.test(value)) return value;
  throw new VigieError(`${name} is ${JSON.stringify(value)}, which ${wrong}`, {
    code: 'CONFIG_INVALID',
    hint,
  });
}
