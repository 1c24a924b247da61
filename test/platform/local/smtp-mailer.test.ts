import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, it } from 'vitest';
import { VigieError } from '../../../functions/platform/errors.ts';
import { smtpMailer } from '../../../functions/platform/local/smtp-mailer.ts';
import { mailerContract, message } from '../../contracts/mailer-contract.ts';

const secretOf = (url: string) => ({ get: async () => url });

async function serve(options: SMTPServerOptions = {}) {
  const messages: Uint8Array[] = [];
  let sessions = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onConnect(_, done) {
      sessions += 1;
      done();
    },
    onData(stream, _, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        messages.push(Buffer.concat(chunks));
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const url = `smtp://127.0.0.1:${port}`;
  return {
    url,
    sessions: () => sessions,
    connections: () => sockets,
    mailer: smtpMailer({ secrets: secretOf(url), secret: 'smtp', retryAfter: [1], timeout: 3000 }),
    arrived: async () => messages,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

mailerContract('SMTP', () => serve());

const refusal = (responseCode: number, text = 'no') => Object.assign(new Error(text), { responseCode });

async function failureOf(options: SMTPServerOptions): Promise<{ error: VigieError; sessions: number }> {
  const world = await serve(options);
  const error = await world.mailer.send(message()).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  await world.close();
  expect(error).toBeInstanceOf(VigieError);
  return { error: error as VigieError, sessions: world.sessions() };
}

describe('what a failure means', () => {
  it('5xx is final: not tried again', async () => {
    const { error, sessions } = await failureOf({
      onRcptTo: (_, __, done) => done(refusal(550, 'mailbox unknown')),
    });
    expect(error).toMatchObject({ code: 'MAIL_REFUSED', retryable: false });
    expect(error.message).toContain('mailbox unknown');
    expect(sessions).toBe(1);
  });

  it('4xx passes: tried again, then left to the next run', async () => {
    const { error, sessions } = await failureOf({ onMailFrom: (_, __, done) => done(refusal(451)) });
    expect(error).toMatchObject({ code: 'MAIL_DEFERRED', retryable: true });
    expect(sessions).toBe(2);
  });

  it('a server that recovers gets the message', async () => {
    let calls = 0;
    const world = await serve({
      onMailFrom(_, __, done) {
        calls += 1;
        done(calls === 1 ? refusal(421) : undefined);
      },
    });
    await world.mailer.send(message());
    expect(await world.arrived()).toHaveLength(1);
    await world.close();
  });

  it('a refusal after the body is a refusal: the server did not take it', async () => {
    const { error } = await failureOf({
      onData(stream, _, done) {
        stream.resume();
        stream.on('end', () => done(refusal(554, 'spam')));
      },
    });
    expect(error).toMatchObject({ code: 'MAIL_REFUSED' });
  });

  it('a connection that breaks after the body is uncertain: not tried again at once', async () => {
    const world = await serve({
      onData(stream) {
        stream.resume();
        stream.on('end', () => breakAll());
      },
    });
    const breakAll = breaker(world);
    const error = await world.mailer.send(message()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'MAIL_UNCERTAIN' });
    expect(world.sessions()).toBe(1);
    await world.close();
  });

  it('a connection that breaks before the body is not', async () => {
    const world = await serve({ onRcptTo: () => breakAll() });
    const breakAll = breaker(world);
    const error = await world.mailer.send(message()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'MAIL_DEFERRED', retryable: true });
    await world.close();
  });

  it('nobody at the address: nothing was sent', async () => {
    const world = await serve();
    await world.close();
    await expect(world.mailer.send(message())).rejects.toMatchObject({
      code: 'MAIL_DEFERRED',
      retryable: true,
    });
  });

  it('a wrong password is said, the password is not', async () => {
    const world = await serve({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _, done) => done(new Error(`bad password ${auth.password}`)),
    });
    const url = world.url.replace('smtp://', 'smtp://vigie:s3cr%40t@');
    const mailer = smtpMailer({ secrets: secretOf(url), secret: 'smtp', retryAfter: [] });
    const error = await mailer.send(message()).catch((thrown: unknown) => thrown as VigieError);
    expect(error).toMatchObject({ code: 'MAIL_LOGIN_REFUSED', retryable: false });
    expect(JSON.stringify([(error as VigieError).message, (error as VigieError).hint])).not.toContain('s3cr');
    await world.close();
  });

  it.each(['mail.example.com:25', 'https://mail.example.com', ''])(
    'refuses the secret %j without showing it',
    async (url) => {
      const mailer = smtpMailer({ secrets: secretOf(url), secret: 'smtp' });
      const error = (await mailer.send(message()).catch((thrown: unknown) => thrown)) as VigieError;
      expect(error.code).toBe('MAIL_SERVER_INVALID');
      if (url) expect(error.message).not.toContain(url);
    },
  );
});

/** Cuts every connection of a server, as a network does. */
function breaker(world: Awaited<ReturnType<typeof serve>>): () => void {
  return () => {
    for (const connection of world.connections()) connection.destroy();
  };
}
