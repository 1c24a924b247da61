import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindNames } from '../../cli/source-kinds.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { resolvedCompany } from '../../functions/lake/company/resolved.ts';
import { readOwnFiles } from '../../functions/run/own-files.ts';
import { ALERT_LINKS, access, type FunctionName, functionNames, SIGN_IN } from '../../infra/access.ts';
import { bundleFunction } from '../../infra/bundles/bundle.ts';
import { addDefinitions } from '../../infra/bundles/write-bundles.ts';
import { readAwsCompany } from '../../infra/company/read-company.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'vigie-bundles-test-'));
const metafiles = new Map<FunctionName, Metafile>();

const RUN = { run: '2026-11-24.20261125T060000Z', asOf: '2026-11-24', from: '2026-11-24', startedAt: '' };

/** A bucket with nothing in it: what is written is taken, and forgotten but for its name. */
const written: string[] = [];
const bucket = createServer((request, response) => {
  const key = decodeURIComponent(new URL(request.url ?? '', 'http://s3').pathname);
  if (request.method === 'PUT') written.push(key);
  request.resume().on('end', () => {
    response.writeHead(request.method === 'PUT' ? 200 : 404, { 'content-type': 'application/xml' });
    response.end(request.method === 'GET' ? '<Error><Code>NoSuchKey</Code></Error>' : '');
  });
});
const lambdaEnv = (): NodeJS.ProcessEnv => ({
  ...{ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  AWS_ENDPOINT_URL: `http://127.0.0.1:${(bucket.address() as AddressInfo).port}`,
  ...{ VIGIE_BUCKET: 'bucket', VIGIE_STAGE: 'test', VIGIE_WORKGROUP: 'vigie-test' },
  ...{ VIGIE_LANDING_DATABASE: 'landing', VIGIE_LAKE_DATABASE: 'lake', VIGIE_ALERT_TOPIC: 'topic' },
  VIGIE_COMPANY: join(folder, 'company.json'),
});

beforeAll(async () => {
  await new Promise<void>((resolve) => bucket.listen(0, '127.0.0.1', resolve));
  const company = await readAwsCompany('examples/minimal', '2026-11-25');
  writeFileSync(join(folder, 'company.json'), resolvedCompany(company));
  for (const name of functionNames) {
    metafiles.set(name, await bundleFunction(name, join(folder, name)));
    await addDefinitions(join(folder, name), 'examples/minimal');
  }
});
afterAll(() => {
  bucket.close();
  rmSync(folder, { recursive: true });
});

/** Files of which anything is left in the bundle. */
function contents(name: FunctionName): string[] {
  const outputs = Object.entries(metafiles.get(name)?.outputs ?? {});
  const [, code] = outputs.find(([file]) => file.endsWith('index.mjs')) ?? [];
  const inputs = Object.entries(code?.inputs ?? {});
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
}

const carriers = (pattern: RegExp): FunctionName[] =>
  functionNames.filter((name) => contents(name).some((file) => pattern.test(file)));
const those = (wanted: (name: FunctionName) => boolean | undefined): FunctionName[] =>
  functionNames.filter(wanted);

describe('bundles', () => {
  test.each(functionNames.filter((name) => name !== 'run'))('%s carries no other step', (name) => {
    const others = functionNames.filter((other) => other !== name).join('|');
    // What pushes audiences asks vendors as what pulls does: by the same machinery, and none of its sources.
    const machinery = access[name].pushSecrets ? /^functions\/pull\/(api\/|sample\.ts$)/ : /^$/;
    const foreign = contents(name).filter((file) => new RegExp(`^functions/(${others})/`).test(file));
    expect(foreign.filter((file) => !machinery.test(file))).toEqual([]);
    expect(contents(name)).toContain(`functions/${name}/handler.ts`);
  });

  test('none carries the local world, the command line, the sandbox or tests', () => {
    expect(carriers(/^(cli|sandbox|test|bench|infra)\/|^functions\/platform\/local\/|@duckdb/)).toEqual([]);
  });

  test.each([
    [
      'React and MIME',
      /node_modules\/(react|react-dom|nodemailer|@react-email)\//,
      (name: FunctionName) => name === 'report',
    ],
    ['SES', /@aws-sdk\/client-ses\//, (name: FunctionName) => access[name].mails],
    ['Athena', /@aws-sdk\/client-athena\//, (name: FunctionName) => access[name].athena !== undefined],
    [
      'Secrets Manager',
      /@aws-sdk\/client-secrets-manager\//,
      (name: FunctionName) =>
        access[name].sourceSecrets || access[name].channelSecrets || access[name].pushSecrets,
    ],
    ['SNS', /@aws-sdk\/client-sns\//, (name: FunctionName) => access[name].alerts],
    ['Step Functions', /@aws-sdk\/client-sfn\//, (name: FunctionName) => access[name].executions],
    ['CSV', /node_modules\/papaparse\//, (name: FunctionName) => name === 'pull'],
    // The machinery that asks vendors unpacks what they answer.
    [
      'ZIP',
      /node_modules\/yauzl\//,
      (name: FunctionName) => access[name].sourceSecrets || access[name].pushSecrets,
    ],
  ])('%s: only where it is needed', (_, pattern, needs) => {
    expect(carriers(pattern)).toEqual(those(needs));
  });

  test('none carries what is never called', () => {
    expect(
      carriers(
        /node_modules\/(prettier|html-to-text)\/|zod\/v4\/locales\/(?!en\.)[a-z-]+\.js|credential-provider-(ini|sso|login)\//,
      ),
    ).toEqual([]);
  });

  test('pull carries every kind of source', () => {
    const kinds = contents('pull').flatMap(
      (file) => /^functions\/pull\/sources\/([\w-]+)\/source\.ts$/.exec(file)?.[1] ?? [],
    );
    expect(kinds.sort()).toEqual([...kindNames()].sort());
  });

  test.each(functionNames)('%s can be imported by itself, and exports a handler', async (name) => {
    const script = `import(${JSON.stringify(pathToFileURL(join(folder, name, 'index.mjs')).href)}).then(({ handler }) => { process.stdout.write(typeof handler, () => process.exit(0)); });`;
    const { stdout } = await run(process.execPath, ['-e', script], {
      env: { AWS_REGION: 'eu-west-1' },
      cwd: folder,
    });
    expect(stdout).toBe('function');
  });

  test.each(functionNames)('%s answers an event, on the Node.js that runs this', async (name) => {
    const event =
      name === 'run' ? { do: 'maintain' } : { do: 'failed', run: RUN, item: 'one', error: { Error: 'Why' } };
    const script = `import(${JSON.stringify(pathToFileURL(join(folder, name, 'index.mjs')).href)})
      .then(({ handler }) => handler(${JSON.stringify(event)}, { getRemainingTimeInMillis: () => 60000 }))
      .then((answer) => { process.stdout.write('\\n' + JSON.stringify(answer), () => process.exit(0)); });`;
    const { stdout } = await run(process.execPath, ['-e', script], { env: lambdaEnv(), cwd: folder });
    const answer = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as object;
    expect(answer).toMatchObject(
      name === 'run'
        ? { items: expect.arrayContaining(['orders', 'snapshot/months']) }
        : { status: 'failed', detail: expect.stringContaining('Why') },
    );
    if (name !== 'run') expect(written.filter((key) => key.endsWith(`/${name}/one.json`))).toHaveLength(1);
  });

  test('what signs people in carries no step and no lake, can be imported by itself, and answers a browser', async () => {
    const { inputs } = await bundleFunction(SIGN_IN, join(folder, SIGN_IN));
    expect(Object.keys(inputs).filter((file) => /^functions\/(?!sign-in\/|platform\/)/.test(file))).toEqual(
      [],
    );
    const code = readFileSync(join(folder, SIGN_IN, 'index.mjs'));
    expect(gzipSync(code).length).toBeLessThan(250_000);
    const request = {
      rawPath: '/sign-in/needed',
      rawQueryString: '',
      headers: {},
      requestContext: { http: { method: 'GET' } },
    };
    const script = `import(${JSON.stringify(pathToFileURL(join(folder, SIGN_IN, 'index.mjs')).href)})
      .then(({ handler }) => handler(${JSON.stringify(request)}))
      .then((answer) => { process.stdout.write('\\n' + JSON.stringify(answer), () => process.exit(0)); });`;
    const env = { ...lambdaEnv(), VIGIE_SITE_DOMAIN: 'kpi.site.example', VIGIE_SITE_REQUIRE: '{}' };
    const { stdout } = await run(process.execPath, ['-e', script], { env, cwd: folder });
    const answer = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as object;
    expect(answer).toMatchObject({ statusCode: 200, body: expect.stringContaining('/sign-in/begin') });
  });

  test('what answers links of alerts carries no step and no company, and refuses who has no key’s signature', async () => {
    const { outputs } = await bundleFunction(ALERT_LINKS, join(folder, ALERT_LINKS));
    const files = Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    );
    expect(
      files.filter((file) => /^functions\/(?!alert-links\/|platform\/|languages\/|lake\/)/.test(file)),
    ).toEqual([]);
    expect(
      files.filter((file) => /^functions\/lake\/(company|snapshot|run|tables|landing)\//.test(file)),
    ).toEqual([]);
    const code = readFileSync(join(folder, ALERT_LINKS, 'index.mjs'));
    expect(gzipSync(code).length).toBeLessThan(250_000);
    const request = {
      rawPath: '/a.b',
      rawQueryString: '',
      headers: {},
      requestContext: { http: { method: 'GET' } },
    };
    const script = `import(${JSON.stringify(pathToFileURL(join(folder, ALERT_LINKS, 'index.mjs')).href)})
      .then(({ handler }) => handler(${JSON.stringify(request)}))
      .then((answer) => { process.stdout.write('\\n' + JSON.stringify(answer), () => process.exit(0)); });`;
    const { stdout } = await run(process.execPath, ['-e', script], { env: lambdaEnv(), cwd: folder });
    // The stand-in of AWS has no secret: that is said, and nothing is done.
    const answer = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as object;
    expect(answer).toMatchObject({ statusCode: 502, body: expect.stringContaining('That did not work.') });
  });

  test('a company’s own folder goes along, and nothing else of the folder', async () => {
    const place = join(folder, 'own-company');
    await addDefinitions(place, 'examples/own-folder');
    const catalogue = loadCatalogue([join(place, 'sql'), join(place, 'own')]);
    expect(catalogue.kpi('margin_rate').file).toBe('kpis/margin_rate.sql');
    expect(catalogue.kpi('net_revenue').adjustedBy).toBe('kpis/net_revenue.yaml');
    const files = readOwnFiles(join(place, 'own'));
    expect(Object.keys(files)).toEqual([
      'checks/customers_without_tier.sql',
      'dimensions.yaml',
      'kpis/margin_rate.sql',
      'kpis/net_revenue.yaml',
      'measures/margin.sql',
      'tables/customers.yaml',
    ]);
  });

  test('sql/ is beside every function: each knows the tables', () => {
    const has = (file: string): FunctionName[] =>
      functionNames.filter((name) => existsSync(join(folder, name, file)));
    expect(has('sql/kpis/net_revenue.sql')).toEqual([...functionNames]);
  });

  test.each(functionNames)('%s is small enough to start quickly', (name) => {
    const code = gzipSync(readFileSync(join(folder, name, 'index.mjs'))).length;
    // Pull reads workbooks and YAML, has an engine of patterns that no cell can stall, and every kind of source: some 8 kB each.
    const most: Partial<Record<typeof name, number>> = { pull: 640_000 };
    expect(code).toBeLessThan(most[name] ?? 500_000);
  });
});
