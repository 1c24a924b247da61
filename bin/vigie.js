#!/usr/bin/env node
import { load } from './built.js';

// `vigie values … | head -1`: who reads has read enough.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});
const { main } = await load('vigie');
process.exitCode = await main(process.argv.slice(2));
