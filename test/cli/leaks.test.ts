import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Said, vigie } from '../kit/command-line.ts';
import { tinyCompany } from '../kit/tiny-company.ts';

/**
 * Secrets and addresses stand wherever a run can meet them: in files, in what two vendors answer, in what a mail server
 * says. None of them may be in anything that is printed or kept.
 */
const MAIL_PASSWORD = 'M41l/Pw+Canary&"1';
const API_PASSWORD = "Ap1'Pw<Canary>=é2";
const CLIENT_SECRET = 'Cl13nt-Canary_%3';
const ADDRESSES = [
  'buyer.canary@client.example',
  'admin.canary@vendor.example',
  'chief@example.com',
  'chef@example.com',
];

const encodings = (text: string): string[] => [
  text,
  encodeURIComponent(text),
  encodeURIComponent(text).replaceAll(/%../g, (hex) => hex.toLowerCase()),
  JSON.stringify(text).slice(1, -1),
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  ...[0, 1, 2].map((before) => {
    const whole = Buffer.from('u'.repeat(before) + text).toString('base64');
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + Buffer.byteLength(text)) * 8) / 6));
  }),
  Buffer.from(text).toString('base64url').slice(0, -2),
  Buffer.from(text).toString('hex'),
];

const canaries = [MAIL_PASSWORD, API_PASSWORD, CLIENT_SECRET, ...ADDRESSES].flatMap(encodings);
const everything = [MAIL_PASSWORD, API_PASSWORD, CLIENT_SECRET, ...ADDRESSES]
  .flatMap((text) => [...encodings(text).slice(0, 5), Buffer.from(`\0user\0${text}`).toString('base64')])
  .join(' | ');

const leaksIn = (text: string): string[] => canaries.filter((canary) => text.includes(canary));

let vendor: Server;
let mail: SMTPServer;
let config: string;
let state: string;
const said: Said[] = [];

beforeAll(async () => {
  vendor = createServer((request, response) => {
    const body = `${everything} ${request.headers.authorization} ${request.url}`;
    // One vendor refuses; of the other's token address the answer is not even JSON.
    const answer = JSON.stringify({
      error: { code: 'X', message: { value: body } },
      error_description: body,
    });
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(answer);
  }).listen(0, '127.0.0.1');
  mail = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: (auth, _, done) => done(null, { user: auth.username }),
    onRcptTo: ({ address }, _, done) =>
      done(
        address.startsWith('chef')
          ? Object.assign(new Error(`5.1.1 <${address}> ${everything}`), { responseCode: 550 })
          : null,
      ),
    onData(stream, _, done) {
      stream.resume();
      stream.on('end', () => (done as (error: null, said: string) => void)(null, `queued ${everything}`));
    },
  });
  mail.on('error', () => undefined);
  await new Promise<void>((resolve) => mail.listen(0, '127.0.0.1', resolve));
  const at = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;
  const tiny = await tinyCompany();
  ({ config } = tiny);
  state = join(tiny.folder, 'state');
  plantInFiles(tiny.folder, tiny.lastDay);
  plantInConfig(config, at(vendor));
  const login = `user:${encodeURIComponent(MAIL_PASSWORD)}`;
  vi.stubEnv('VIGIE_SECRET_SMTP', `smtp://${login}@127.0.0.1:${at(mail.server)}`);
  vi.stubEnv('VIGIE_SECRET_SAP', JSON.stringify({ user: 'user', password: API_PASSWORD }));
  vi.stubEnv('VIGIE_SECRET_SHOP', JSON.stringify({ client_id: 'vigie', client_secret: CLIENT_SECRET }));
  vi.stubEnv('VIGIE_DEBUG', '1');
  const of = ['--config', config, '--state', state];
  said.push(
    await vigie('run', '--date', tiny.lastDay, ...of),
    await vigie('run', '--date', tiny.lastDay, '--json', ...of),
    await vigie('try', 'sap', ...of),
    await vigie('try', 'shop', '--json', ...of),
    await vigie('doctor', ...of),
  );
});

afterAll(async () => {
  vi.unstubAllEnvs();
  vendor.closeAllConnections();
  await Promise.all([
    new Promise((resolve) => vendor.close(resolve)),
    new Promise<void>((resolve) => mail.close(() => resolve())),
  ]);
});

/** Rows that are refused (a wrong cell, a cell too many) and a file that is (an open quote), each with all that must not be told. */
function plantInFiles(folder: string, day: string): void {
  const quoted = `"Firm ""${ADDRESSES[0]}"" ${everything.replaceAll('"', '""')}"`;
  const rows = [`A99,1,${day},C9,web,${quoted},many,1`, `A98,1,${day},C9,web,P1,1,1,${quoted}`];
  appendFileSync(join(folder, 'exports', `sales_${day}.csv`), `${rows.join('\n')}\n`);
  writeFileSync(
    join(folder, 'exports', 'products.csv'),
    `id,name\nP1,"${ADDRESSES[0]} ${everything}\nP2,x\n`,
  );
}

function plantInConfig(file: string, port: number): void {
  const sources = `
  - kind: files
    name: shopfiles
    feeds: [{ table: products, path: exports/products.csv, columns: { product_id: id, name: name } }]
  - { kind: sap-s4, name: sap, starts_on: 2026-03-01, base_url: "http://127.0.0.1:${port}", secret: "\${secret:sap}" }
  - kind: sap-commerce
    name: shop
    starts_on: 2026-03-01
    base_url: http://127.0.0.1:${port}
    secret: \${secret:shop}
kpis:`;
  const text = readFileSync(file, 'utf8')
    .replace('kind: files', 'kind: files\n    max_rejected_share: 0.9')
    .replace('\nkpis:', sources);
  writeFileSync(
    file,
    `${text}\ndelivery: { from: Vigie <vigie@tiny.example>, mailer: { kind: smtp, secret: smtp } }\n`,
  );
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

describe('secrets and addresses', () => {
  test('were met: rows were refused, vendors and the mail server spoke', () => {
    const [run, again, ...others] = said.map(({ out, err }) => `${out}${err}`) as [
      string,
      string,
      ...string[],
    ];
    expect(run).toContain('rejected');
    expect(again).toContain('MAIL_REFUSED');
    expect(run).toContain('never closed');
    for (const text of [run, again, ...others]) expect(text).toMatch(/\(secret\)|\(e-mail address\)/);
  });

  test('are in nothing that is printed, whatever their encoding', () => {
    for (const { out, err } of said) expect(leaksIn(`${out}${err}`)).toEqual([]);
  });

  test('are in no file of the state', () => {
    const leaks = filesOf(state).flatMap((path) => {
      const bytes = readFileSync(path);
      const text = path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('latin1');
      return leaksIn(text).map((leak) => `${path}: ${leak}`);
    });
    expect(leaks).toEqual([]);
  });

  test('and what is kept of them is JSON as before', () => {
    const rejected = filesOf(state).filter((path) => path.endsWith('.ndjson.gz'));
    const lines = rejected.flatMap((path) =>
      gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n'),
    );
    expect(lines.length).toBeGreaterThanOrEqual(2);
    for (const line of lines) JSON.parse(line);
    for (const path of filesOf(state).filter((each) => each.endsWith('.json')))
      JSON.parse(readFileSync(path, 'utf8'));
  });

  test('the state is for its owner only', () => {
    const open = readdirSync(state, { recursive: true, encoding: 'utf8' }).filter(
      (name) => statSync(join(state, name)).mode & 0o077,
    );
    expect(open).toEqual([]);
    expect(statSync(state).mode & 0o777).toBe(0o700);
  });
});
