#!/usr/bin/env node
// The sources run as they are written: tsx strips the types while loading, so there is no build to forget.
import { register } from 'tsx/esm/api';

process.env.NODE_ENV ??= 'production'; // React is quicker so.
register();
const { main } = await import('../cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
