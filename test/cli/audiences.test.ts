import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { addressHashes, hashAddress } from '../../functions/platform/address.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { dataManager } from '../../sandbox/vendors/google-data-manager/data-manager.ts';
import { serveVendors, type VendorServers } from '../../sandbox/vendors/serve.ts';
import { type Said, vigie } from '../kit/command-line.ts';
import { withContext } from '../kit/local-run.ts';

/**
 * Somebody who agreed, and then takes it back: from then on nothing that Vigie keeps may hold the address, or a hash by which a
 * vendor knows it, and the vendor has taken it off. Whole runs, as the command line makes them, with a simulated Data Manager on loopback.
 */
const CANARY = 'Canary.Bird+shop@gmail.com';
const OTHER = 'bob@client.example';
const found = (address: string): string[] => [hashAddress(address), addressHashes.google(address)];
const clear = [CANARY, CANARY.toLowerCase(), 'canarybird@gmail.com', 'canary.bird'];

let folder: string;
const google = dataManager({ account: '4821937605', list: '8123456789', now: () => new Date() });
let servers: VendorServers;
const config = () => join(folder, 'vigie.yaml');
const state = () => join(folder, '.vigie');
const on = (...args: string[]) => vigie(...args, '--config', config());

const off = loadCatalogue()
  .kpis.filter(({ id }) => id !== 'mobile_session_share')
  .map(({ id }) => `    ${id}: Not in this test.\n`)
  .join('');
const CONFIG = (origin: string) => `
company: { name: Tiny, time_zone: Europe/Paris, currency: EUR }
sources:
  - name: crm
    kind: files
    max_rejected_share: 1
    feeds:
      - table: consents
        path: consents/*.csv
        max_age_days: null
        columns:
          person: { hash_email: Email, as: person }
          email_hash: { hash_email: Email }
          google_email_hash: { hash_email: Email, as: google }
          customer_id: Customer
          purpose: { constant: advertising }
          said_at: When
          granted: { from: Agreed, values: { yes: true, no: false } }
  - name: shop
    kind: files
    feeds:
      - table: sessions
        path: visits/sessions_{date}.csv
        columns:
          session_id: Session
          property: { constant: shop }
          started_on: Day
          session_count: { constant: 1 }
          customer_id: Customer
          consented: { constant: true }
      - table: page_views
        path: visits/sessions_{date}.csv
        columns:
          page_view_id: Session
          session_id: Session
          property: { constant: shop }
          viewed_on: Day
          kind: { constant: product }
          product_id: Article
kpis:
  off:
${off}audiences:
  looked:
    did: viewed
    purpose: advertising
    vendors: [google, meta]
    push:
      to: google-data-manager
      account: 482-193-7605
      list: 8123456789
      ad_user_data: advertising
      ad_personalization: advertising
      terms_accepted: true
      base_url: ${origin}
      token_url: ${origin}/token
recipients: [{ email: ops@tiny.example, roles: [ops] }]
delivery: { from: 'vigie@tiny.example' }
`;

const visits = (day: string): void => {
  const lines = ['Session,Day,Customer,Article', `a${day},${day},C1,P1`, `b${day},${day},C2,P1`];
  writeFileSync(join(folder, 'visits', `sessions_${day}.csv`), `${lines.join('\n')}\n`);
};
const consents = (name: string, ...lines: string[]): void =>
  writeFileSync(join(folder, 'consents', name), `Email,Customer,When,Agreed\n${lines.join('\n')}\n`);

/** Whatever lies in the state folder but the database, as text: archives are opened. */
const kept = (): { readonly file: string; readonly text: string }[] =>
  readdirSync(state(), { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(state(), file)).isFile() && !file.startsWith('vigie.duckdb'))
    .map((file) => {
      const bytes = readFileSync(join(state(), file));
      return { file, text: (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1') };
    });
const filesWith = (...texts: string[]): string[] =>
  kept()
    .filter(({ text }) => texts.some((each) => text.includes(each)))
    .map(({ file }) => file)
    .sort();

/** Every cell of every table of the lake. */
const lake = (): Promise<string> =>
  withContext(
    { config: config(), state: state(), at: '2026-03-05T06:00:00Z' },
    async ({ platform, tables }) => {
      const { engine } = platform;
      const texts: string[] = [];
      for (const { name } of tables.all)
        texts.push(JSON.stringify(await queryRows(engine, `SELECT * FROM ${engine.dialect.table(name)}`)));
      return texts.join('\n');
    },
  );

const run = async (day: string): Promise<Said> => {
  visits(day);
  return on('run', '--date', day);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-audiences-'));
  for (const name of ['consents', 'visits']) mkdirSync(join(folder, name));
  servers = await serveVendors([google], { firstPort: 0 });
  writeFileSync(config(), CONFIG(servers.vendors[0]?.origin as string));
  mkdirSync(state());
  const secrets = JSON.stringify({ 'google-data-manager': JSON.stringify(google.secret) });
  writeFileSync(join(state(), 'secrets.json'), secrets, { mode: 0o600 });
  consents(
    '1.csv',
    ` ${CANARY},C1,2026-02-01T10:00:00Z,yes`,
    `${OTHER},C2,2026-02-01T10:00:00Z,yes`,
    // Refused, for want of an instant.
    `${CANARY},C1,,yes`,
  );
});

afterAll(() => servers.close());

describe('consent that is taken back', () => {
  test('before: the person is on it, by hashes alone, and nothing is kept of what was landed', async () => {
    const { code, err, out } = await run('2026-03-01');
    expect(code, err + out).toBe(0);
    expect(filesWith(...clear)).toEqual([]);
    expect(filesWith(found(CANARY)[0] as string)).toEqual([
      'audiences/2026-03-01/looked.json',
      'audiences/2026-03-01/looked/meta_added.csv',
      'audiences/2026-03-01/looked/meta_all.csv',
    ]);
    expect(google.members()).toEqual([found(CANARY)[1], found(OTHER)[1]].sort());
    expect(readdirSync(join(state(), 'landing'))).not.toContain('consents');
    expect(await lake()).toContain(found(CANARY)[1]);
    expect(await lake()).not.toMatch(/canary/i);
  });

  test('on the day: in one file alone of each vendor, which takes the person off, and off the list at Google', async () => {
    // The same mailbox, otherwise spelled.
    consents('2.csv', 'canarybird@googlemail.com,C1,2026-03-02T09:00:00Z,no');
    expect((await run('2026-03-02')).code).toBe(0);
    expect(filesWith(...found(CANARY))).toEqual([
      'audiences/2026-03-02/looked.json',
      'audiences/2026-03-02/looked/google_removed.csv',
      'audiences/2026-03-02/looked/meta_removed.csv',
      // Until Google has said that it is done.
      expect.stringMatching(/^pushes\/looked\/4821937605-8123456789\/\d+\.json$/),
    ]);
    expect(google.members()).toEqual([found(OTHER)[1]]);
    const table = await lake();
    for (const hash of found(CANARY)) expect(table).not.toContain(hash);
    expect(table).toContain(addressHashes.person(CANARY));
  });

  test('the day after, the grant having been delivered once more: nowhere, and the others are where they were', async () => {
    consents('3.csv', `${CANARY},C1,2026-02-01T10:00:00Z,yes`, `${OTHER},C2,2026-02-01T10:00:00Z,yes`);
    expect((await run('2026-03-03')).code).toBe(0);
    expect(filesWith(...found(CANARY), ...clear)).toEqual([]);
    expect(google.members()).toEqual([found(OTHER)[1]]);
    const table = await lake();
    for (const hash of found(CANARY)) expect(table).not.toContain(hash);
    expect((await on('audiences', 'looked', '--vendor', 'meta')).out).toBe(`email\n${hashAddress(OTHER)}\n`);
    expect((await on('audiences', 'looked', '--part', 'removed')).out).toBe('Email\n');
  });
});

describe('vigie audiences', () => {
  test('says how many are on each, for whom that is too few, and what it is compared with', async () => {
    const { code, out } = await on('audiences');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^looked +google +2026-03-03 +1 +0 +0 +2026-03-02 +Google Ads shows ads from about 100/m,
    );
    expect(out).toMatch(/^looked +meta .* Meta Ads shows ads from about 100/m);
    expect(out).toMatch(/^looked +google-data-manager .* 1 may be on the list 8123456789$/m);
    const rows = JSON.parse((await on('audiences', '--format', 'json')).out);
    expect(rows).toMatchObject([
      { audience: 'looked', vendor: 'google', people: 1, added: 0, removed: 0, since: '2026-03-02' },
      { vendor: 'meta' },
      { vendor: 'google-data-manager', people: 1, added: 0, removed: 0 },
    ]);
  });

  test('says what was asked of Google, and what came of it', async () => {
    const { out } = await on('audiences', 'looked', '--requests', '--format', 'json');
    expect(JSON.parse(out)).toMatchObject([
      { does: 'add', people: 2, status: 'done', request: 'req-1' },
      { does: 'remove', people: 1, status: 'done', request: 'req-2' },
    ]);
    expect((await on('audiences', 'looked', '--requests')).out).toMatch(/ remove +1 +done /);
  });

  test.each([
    [['audiences', 'lokked'], 'no audience `lokked`; did you mean `looked`?'],
    [['audiences', 'looked', '--vendor', 'gogle'], 'Choose one of google, meta, linkedin, microsoft.'],
  ])('refuses %j', async (args, words) => {
    const { code, err } = await on(...args);
    expect(code).not.toBe(0);
    expect(err).toContain(words);
  });
});

test('where the source of consents cannot be read, files of the day before go, and the run says so', async () => {
  writeFileSync(
    join(folder, 'consents', '4.csv'),
    'Mail,Customer,When,Agreed\nx@y.example,C1,2026-03-04T09:00:00Z,no\n',
  );
  const { code, err, out } = await run('2026-03-04');
  expect(code).toBe(1);
  expect(err + out).toMatch(
    /the audience looked was not made: who agrees to it today is not known: crm could not be read/,
  );
  const left = kept().filter(({ file }) => file.startsWith('audiences'));
  expect(left.map(({ file }) => file)).toEqual(['audiences/2026-03-03/looked.json']);
  expect(mailsOf('2026-03-04')).toContain('the audience looked was not made');
  expect(google.members()).toEqual([found(OTHER)[1]]);
});

test('a push that Google refuses ends no morning: ops are told, with the remedy, and the next run makes it good', async () => {
  rmSync(join(folder, 'consents', '4.csv'));
  consents('5.csv', `${OTHER},C2,2026-03-05T09:00:00Z,no`);
  const answer = google.answer.bind(google);
  google.answer = (call) =>
    call.method === 'POST' && call.url.pathname !== '/token'
      ? {
          status: 403,
          body: `{ "error": { "code": 403, "status": "PERMISSION_DENIED", "message": "no ${found(OTHER)[1]}" } }`,
        }
      : answer(call);
  const { code, err, out } = await run('2026-03-05');
  expect(code).toBe(1);
  expect(err + out).toMatch(/the list of the audience looked at Google: .*PERMISSION_DENIED: no \(hash\)/);
  expect(mailsOf('2026-03-05')).toMatch(/the list of the audience looked at Google: [\s\S]*service account/);
  expect(filesWith(...found(OTHER)).filter((file) => /^(mail|runs|work|reports)/.test(file))).toEqual([]);
  google.answer = answer;
  expect((await run('2026-03-06')).code).toBe(0);
  expect(google.members()).toEqual([]);
  expect((await on('doctor')).out).toMatch(/push of looked: Google lets it in/);
});

const mailsOf = (day: string): string =>
  kept()
    .filter(({ file }) => file.startsWith(`mail/${day}/`) && file.endsWith('.eml'))
    .map((mail) => mail.text.replaceAll('=\r\n', ''))
    .join('\n');
