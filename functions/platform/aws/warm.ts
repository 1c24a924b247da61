import type { Environment } from './aws-environment.ts';

/**
 * An adapter that a function keeps between its calls: a warm instance then has its connections already. The environment
 * of a function never changes while it lives.
 *
 *     const bucket = warm(bucketFromEnv);
 */
export function warm<Adapter>(make: (env: Environment) => Adapter): (env: Environment) => Adapter {
  let made: { readonly adapter: Adapter } | undefined;
  return (env) => {
    made ??= { adapter: make(env) };
    return made.adapter;
  };
}
