import { chaosSuite, seedsOf } from './suite.ts';

/** Half of the seeds, so that two processors share the suite. */
chaosSuite(seedsOf(1));
