import { VigieError } from '../errors.ts';

/** The engine's memory, where the environment variable `VIGIE_MEMORY` says another than its own; with the remedy where it is no size. */
export function memoryFrom(env: Readonly<Record<string, string | undefined>>): {
  readonly memoryLimit?: string;
} {
  const memoryLimit = env['VIGIE_MEMORY'];
  if (memoryLimit === undefined || memoryLimit === '') return {};
  if (/^[1-9]\d* ?[MG]B$/.test(memoryLimit)) return { memoryLimit };
  throw new VigieError(`VIGIE_MEMORY is ${JSON.stringify(memoryLimit)}, which is no size`, {
    code: 'CONFIG_INVALID',
    hint: 'Write it as 800MB or 2GB.',
  });
}
