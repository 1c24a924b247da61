import { VigieError } from '../errors.ts';
import type { Platform } from '../platform.ts';

/**
 * A platform out of the adapters that a step needs, so that its bundle carries no client of another step:
 *
 *     const platform = assemble('measure', { bucket: bucketFromEnv(env), engine: engineFromEnv(env), clock: lambdaClock, log });
 *
 * A step that reaches for what it was not given gets `PLATFORM_PART`.
 */
export function assemble(step: string, parts: Partial<Platform>): Platform {
  return new Proxy(parts as Platform, {
    get(given, name) {
      const part: unknown = Reflect.get(given, name);
      if (part !== undefined || typeof name === 'symbol' || name === 'then') return part;
      throw new VigieError(`step ${step} has no ${name}`, {
        code: 'PLATFORM_PART',
        hint: `A mistake in the handler of ${step}: hand \`${name}\` to assemble().`,
      });
    },
  });
}
