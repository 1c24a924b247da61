import type { TestProject } from 'vitest/node';
import { startMoto, startTrino } from './loopback-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly motoUrl: string;
    readonly trinoUrl: string;
  }
}

/** Starts moto and Trino once for the whole suite. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const moto = await startMoto();
  const trino = await startTrino(moto.url);
  project.provide('motoUrl', moto.url);
  project.provide('trinoUrl', trino.url);
  return async () => {
    await trino.stop();
    await moto.stop();
  };
}
