import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { vigie } from '../../kit/command-line.ts';

const open: SMTPServer[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of open.splice(0)) await new Promise<void>((done) => server.close(() => done()));
});

/** A mail server on loopback; what arrives. */
async function serve(options: SMTPServerOptions = {}): Promise<{ port: number; mails: string[] }> {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _, done) =>
      username === 'vigie' && password === 'right'
        ? done(null, { user: username })
        : done(Object.assign(new Error('no such user'), { responseCode: 535 })),
    onData(stream, _, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => {
        mails.push(text);
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  open.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: (server.server.address() as AddressInfo).port, mails };
}

async function testMail(secret: string | undefined, delivery: string, to = 'me@example.com') {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-mail-'));
  const config = join(folder, 'vigie.yaml');
  writeFileSync(
    config,
    `company: { name: Kordel, time_zone: Europe/Berlin, currency: EUR }
sources:
  - { kind: files, name: erp, feeds: [{ table: customers, path: x.csv, columns: { customer_id: K } }] }
delivery: { from: "Vigie <vigie@kordel.example>", ${delivery} }
`,
  );
  if (secret !== undefined) vi.stubEnv('VIGIE_SECRET_SMTP', secret);
  const { code, out, err } = await vigie('doctor', '--mail-to', to, '--json', '--config', config);
  return { code, err, symptoms: code === 2 ? [] : JSON.parse(out) };
}

describe('doctor --mail-to', () => {
  // smtp-server brings a certificate of its own, which nobody signed.
  const trusting = 'tls.rejectUnauthorized=false';

  test('proves TLS, login, sender and recipient, also while the company is set up', async () => {
    const { port, mails } = await serve();
    const secret = `smtp://vigie:right@127.0.0.1:${port}?${trusting}`;
    const { code, symptoms } = await testMail(secret, 'live: false, mailer: { kind: smtp }');
    expect(symptoms).toMatchObject([
      {
        what: 'mail server',
        status: 'ok',
        finding: expect.stringMatching(/over TLSv1\.\d.*login accepted as vigie/),
      },
      {
        what: 'test mail',
        status: 'ok',
        finding: expect.stringContaining('the server took it'),
      },
    ]);
    expect(code).toBe(0);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatch(/^To: me@example\.com/m);
    expect(mails[0]).toContain('Vigie of Kordel: a test mail');
  });

  test('a wrong password is told as that, without it; nothing is sent', async () => {
    const { port, mails } = await serve();
    const secret = `smtp://vigie:wr0ng@127.0.0.1:${port}?${trusting}`;
    const { code, symptoms } = await testMail(secret, 'mailer: { kind: smtp }');
    expect([code, mails]).toEqual([1, []]);
    expect(symptoms).toMatchObject([{ what: 'mail server', status: 'failed', remedy: expect.any(String) }]);
    expect(JSON.stringify(symptoms)).toMatch(/535|no such user/);
    expect(JSON.stringify(symptoms)).not.toContain('wr0ng');
  });

  test('a recipient that the server refuses, and a server that nobody runs', async () => {
    const refusing = await serve({
      onRcptTo: (_, __, done) => done(Object.assign(new Error('relaying denied'), { responseCode: 550 })),
    });
    const refused = await testMail(`smtp://127.0.0.1:${refusing.port}?${trusting}`, 'mailer: { kind: smtp }');
    expect(refused.symptoms.at(-1)).toMatchObject({
      what: 'test mail',
      status: 'failed',
      finding: expect.stringContaining('relaying denied'),
    });
    const away = await testMail('smtp://127.0.0.1:9', 'mailer: { kind: smtp }');
    expect(away.symptoms).toMatchObject([{ what: 'mail server', status: 'failed' }]);
  });

  test('without TLS it warns', async () => {
    const { port } = await serve({ disabledCommands: ['STARTTLS', 'AUTH'] });
    const { symptoms } = await testMail(`smtp://127.0.0.1:${port}`, 'mailer: { kind: smtp }');
    expect(symptoms[0]).toMatchObject({ status: 'warning', finding: expect.stringContaining('without TLS') });
  });

  test('with files as mailer it says that nobody was sent anything; an address that is none is a mistake', async () => {
    const { symptoms } = await testMail(undefined, 'live: true');
    expect(symptoms).toMatchObject([{ what: 'test mail', status: 'warning' }]);
    expect((await testMail(undefined, 'live: true', 'nobody')).err).toContain('no e-mail address');
  });
});
