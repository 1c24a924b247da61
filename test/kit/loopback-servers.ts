import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { javaCommand, motoServer, trinoServer } from './loopback-tools.ts';

/** A server started for tests, on loopback only. */
export interface LoopbackServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** moto: S3, Glue, SES, Secrets Manager on one port. `VIGIE_MOTO_URL` names one that runs already. */
export async function startMoto(): Promise<LoopbackServer> {
  const given = process.env['VIGIE_MOTO_URL'];
  if (given) return { url: given, async stop() {} };
  const [command, port] = await Promise.all([motoServer(), freePort()]);
  return start(
    'moto',
    command,
    ['-H', '127.0.0.1', '-p', String(port)],
    tmpdir(),
    `http://127.0.0.1:${port}`,
    async (url) => (await fetch(`${url}/moto-api/`)).ok,
  );
}

/** Trino with the catalogs `iceberg` and `awsdatacatalog` on moto’s Glue and S3. `VIGIE_TRINO_URL` names one that runs. */
export async function startTrino(motoUrl: string): Promise<LoopbackServer> {
  const given = process.env['VIGIE_TRINO_URL'];
  if (given) return { url: given, async stop() {} };
  const [home, java, port] = await Promise.all([trinoServer(), javaCommand(), freePort()]);
  const folder = await mkdtemp(join(tmpdir(), 'vigie-trino-'));
  writeTrinoConfig(folder, port, motoUrl);
  const args = [
    // With 2 GB a long suite spent a twelfth of its time collecting garbage.
    '-Xmx6G',
    '-Xmn2G',
    '-XX:+UseParallelGC',
    // The second compiler takes a fifth of the processor, and most of what it compiles is not run often enough: four times its thresholds.
    // Without it 60 cases took as long, 119 processor seconds against 123: what it spares goes into planning.
    ...['Invocation=20000', 'MinInvocation=2400', 'Compile=60000', 'BackEdge=160000'].map(
      (threshold) => `-XX:Tier4${threshold.replace('=', 'Threshold=')}`,
    ),
    '--add-modules=jdk.incubator.vector',
    '--enable-native-access=ALL-UNNAMED',
    '--sun-misc-unsafe-memory-access=allow',
    '-Djdk.attach.allowAttachSelf=true',
    '-cp',
    join(home, 'lib', '*'),
    ...[
      'config=config.properties',
      'log.levels-file=log.properties',
      'catalog.config-dir=catalog',
      `plugin.dir=${join(home, 'plugin')}`,
    ].map((p) => `-D${p}`),
    ...['data-dir=data', 'environment=test', 'id=n1', 'bind-ip=127.0.0.1', 'internal-address=127.0.0.1'].map(
      (p) => `-Dnode.${p}`,
    ),
    'io.trino.server.TrinoServer',
  ];
  return start('trino', java, args, folder, `http://127.0.0.1:${port}`, isTrinoUp);
}

async function isTrinoUp(url: string): Promise<boolean> {
  const info = (await (await fetch(`${url}/v1/info`)).json()) as { starting: boolean };
  if (info.starting) return false;
  // It says so two seconds before it takes queries.
  const answer = await fetch(`${url}/v1/statement`, {
    method: 'POST',
    headers: { 'X-Trino-User': 'vigie' },
    body: 'SELECT 1',
  });
  return answer.ok;
}

/** What of its settings decides how a statement is run. */
export const PLANNING: readonly string[] = [
  'task.concurrency=1',
  // To look for the best order costs more than it spares where relations are small. Athena looks: what counts stages does, too.
  'optimizer.join-reordering-strategy=NONE',
  'join-distribution-type=BROADCAST',
];

function writeTrinoConfig(folder: string, port: number, motoUrl: string): void {
  const lines = (name: string, properties: readonly string[]): void =>
    writeFileSync(join(folder, name), `${properties.join('\n')}\n`);
  mkdirSync(join(folder, 'catalog'));
  lines('config.properties', [
    'coordinator=true',
    'node-scheduler.include-coordinator=true',
    `http-server.http.port=${port}`,
    `discovery.uri=http://127.0.0.1:${port}`,
    ...PLANNING,
    'query.max-memory=1GB',
    'query.max-memory-per-node=1GB',
    // Of thousands of queries: what ended is not looked at again.
    'query.max-history=20',
    'query.min-expire-age=30s',
    // Every few seconds all tasks that it remembers are looked through: a quarter of an hour of them, unless told.
    'task.info.max-age=30s',
  ]);
  lines('log.properties', ['io.trino=WARN']);
  const glue = [
    'region=eu-west-1',
    `endpoint-url=${motoUrl}`,
    'aws-access-key=test',
    'aws-secret-key=test',
  ].map((p) => `hive.metastore.glue.${p}`);
  const s3 = [
    `endpoint=${motoUrl}`,
    'region=eu-west-1',
    'path-style-access=true',
    'aws-access-key=test',
    'aws-secret-key=test',
  ].map((p) => `s3.${p}`);
  const both = [...glue, 'fs.native-s3.enabled=true', ...s3];
  lines('catalog/iceberg.properties', ['connector.name=iceberg', 'iceberg.catalog.type=glue', ...both]);
  // One name serves both kinds of table, as Athena's default catalog does.
  const hive = [
    'hive.metastore=glue',
    'hive.iceberg-catalog-name=iceberg',
    'hive.partition-projection-enabled=true',
  ];
  lines('catalog/awsdatacatalog.properties', ['connector.name=hive', ...hive, ...both]);
}

/** How long a server may take to come up on a busy machine with two cores. */
const START_SECONDS = 300;

async function start(
  name: string,
  command: string,
  args: readonly string[],
  cwd: string,
  url: string,
  isUp: (url: string) => Promise<boolean>,
): Promise<LoopbackServer> {
  const logFile = join(await mkdtemp(join(tmpdir(), `vigie-${name}-`)), 'log.txt');
  const log = openSync(logFile, 'w');
  const child = spawn(command, args, { cwd, stdio: ['ignore', log, log] });
  for (let second = 0; second < START_SECONDS; second += 1) {
    if (child.exitCode !== null) throw new Error(`${name} stopped while starting; see ${logFile}`);
    if (await isUp(url).catch(() => false)) return { url, stop: () => stop(child) };
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  await stop(child);
  throw new Error(`${name} did not come up within ${START_SECONDS} s; see ${logFile}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
