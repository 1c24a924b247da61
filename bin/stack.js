// The app that `cdk` runs (cdk.json).
import { load } from './built.js';

await load('stack');
