// `npm pack` and `npm publish` call this first (package.json, prepack): dist/ as the package ships it.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, root } from './build.js';

const dist = join(root, 'dist');
await rm(dist, { recursive: true, force: true });
await build(dist);
