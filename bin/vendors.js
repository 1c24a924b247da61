// The process of the simulated vendors (sandbox/vendors/spawn.ts starts it).
import { load } from './built.js';

await load('vendors');
