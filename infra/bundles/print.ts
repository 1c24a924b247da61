import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import { functionNames } from '../access.ts';
import { bundleFunction } from './bundle.ts';
import { addDefinitions } from './write-bundles.ts';

/** `npm run bundles`: what each function uploads, and how long a fresh process takes to import it. */

const run = promisify(execFile);
/** Bytes that a ZIP adds to each file: two headers, the name twice. */
const ZIP_HEADERS = 150;
/** What Lambda sets, as far as a module looks at it while it is loaded. */
const LAMBDA = { AWS_REGION: 'eu-west-1', POWERTOOLS_DEV: 'false', AWS_LAMBDA_FUNCTION_NAME: 'vigie' };

/** What the files of a folder that are wanted would take in a ZIP, in bytes. */
async function zippedSize(folder: string, wanted: (name: string) => boolean): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && wanted(entry.name));
  const sizes = files.map(async ({ parentPath, name }) => {
    const bytes = await readFile(join(parentPath, name));
    return deflateRawSync(bytes).length + ZIP_HEADERS;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** Milliseconds from the import to its end, in a process of its own: the best of three. */
async function importTime(file: string): Promise<number> {
  const script = `const started = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); process.stdout.write(String(performance.now() - started), () => process.exit(0));`;
  const times: number[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, ...LAMBDA },
    });
    times.push(Number(stdout));
  }
  return Math.min(...times);
}

const folder = await mkdtemp(join(tmpdir(), 'vigie-bundles-'));
try {
  console.log('function     zipped  source map      import');
  for (const name of functionNames) {
    await bundleFunction(name, join(folder, name));
    await addDefinitions(join(folder, name), 'examples/minimal');
    const isMap = (file: string): boolean => file.endsWith('.map');
    const code = await zippedSize(join(folder, name), (file) => !isMap(file));
    const map = await zippedSize(join(folder, name), isMap);
    const time = await importTime(join(folder, name, 'index.mjs'));
    const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;
    const cells = [
      name.padEnd(8),
      kilobytes(code).padStart(9),
      kilobytes(map).padStart(10),
      `${Math.round(time)} ms`.padStart(10),
    ];
    console.log(cells.join('  '));
  }
} finally {
  await rm(folder, { recursive: true });
}
