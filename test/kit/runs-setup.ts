import { usualRuns } from './runs.ts';

usualRuns();
