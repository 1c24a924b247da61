import type { Clock } from '../clock.ts';

/** The clock of the machine that runs the function: UTC, kept right by AWS. */
export const lambdaClock: Clock = { now: () => new Date() };
