import './known-yaml.ts';
import { usualRuns } from './runs.ts';

usualRuns();
