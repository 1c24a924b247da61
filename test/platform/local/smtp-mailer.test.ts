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

/** A server that lets in whoever comes, without encryption. */
const LOGIN: SMTPServerOptions = {
  disabledCommands: ['STARTTLS'],
  allowInsecureAuth: true,
  onAuth: (auth, _, done) => done(null, { user: auth.username }),
};

const refusal = (responseCode: number, text = 'no') => Object.assign(new Error(text), { responseCode });

async function failureOf(
  options: SMTPServerOptions,
  password?: string,
): Promise<{ error: VigieError; sessions: number }> {
  const login = password === undefined ? {} : LOGIN;
  const world = await serve({ ...login, ...options });
  const url = password === undefined ? world.url : world.url.replace('//', `//vigie:${password}@`);
  const mailer = smtpMailer({ secrets: secretOf(url), secret: 'smtp', retryAfter: [1], timeout: 3000 });
  const error = await mailer.send(message()).then(
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

  it('what the server says is told without the reader’s address, and without what it was sent', async () => {
    const secret = Buffer.from('\0vigie\0s3cr@t-canary').toString('base64');
    const said = `<b@example.com> rejected, b%40example.com, s3cr%40t-canary, ${secret}`;
    const { error } = await failureOf(
      { onRcptTo: (_, __, done) => done(refusal(550, said)) },
      's3cr%40t-canary',
    );
    expect(error.message).toContain('<(e-mail address)> rejected, (e-mail address), (secret), (secret)');
  });

  it('so is what it says of a message that it took', async () => {
    const world = await serve({
      onData(stream, _, done) {
        stream.resume();
        stream.on('end', () =>
          (done as (error: null, said: string) => void)(null, 'queued for b@example.com'),
        );
      },
    });
    expect((await world.mailer.send(message())).reference).toBe('250 queued for (e-mail address)');
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

describe('a password', () => {
  /** Another name of this machine, which does not say that it is this machine. */
  const elsewhere = (url: string, query = ''): string =>
    `${url.replace('//127.0.0.1', '//vigie:s3cr3t-canary@0.0.0.0')}${query}`;

  const sendTo = async (options: SMTPServerOptions, query = '') => {
    const logins: boolean[] = [];
    const world = await serve({
      ...LOGIN,
      ...options,
      onAuth(auth, session, done) {
        logins.push(session.secure);
        done(null, { user: auth.username });
      },
    });
    const secrets = secretOf(elsewhere(world.url, query));
    const mailer = smtpMailer({ secrets, secret: 'smtp', retryAfter: [], timeout: 3000 });
    const error = await mailer.send(message()).then(
      () => undefined,
      (thrown: unknown) => thrown as VigieError,
    );
    const arrived = (await world.arrived()).length;
    await world.close();
    return { error, logins, arrived };
  };

  // What a URL may ask for does not open the door again.
  it.each([
    ['', 'MAIL_NOT_ENCRYPTED'],
    ['?requireTLS=true', 'MAIL_NOT_ENCRYPTED'],
    ['?ignoreTLS=true', 'MAIL_SERVER_INVALID'],
    ['?requireTLS=false', 'MAIL_SERVER_INVALID'],
    ['?opportunisticTLS=true', 'MAIL_SERVER_INVALID'],
    ['?secured=true', 'MAIL_SERVER_INVALID'],
    ['?debug=true&logger=true', 'MAIL_SERVER_INVALID'],
  ])('is not sent in the clear, whatever its URL asks%s: %s', async (query, code) => {
    const { error, logins, arrived } = await sendTo({}, query);
    expect(error).toMatchObject({ code, hint: expect.stringMatching(/smtps:|encrypted/) });
    expect({ logins, arrived }).toEqual({ logins: [], arrived: 0 });
  });

  it('goes through STARTTLS where the server offers it', async () => {
    const { error, logins, arrived } = await sendTo(
      { disabledCommands: [] },
      '?tls.rejectUnauthorized=false',
    );
    expect(error).toBeUndefined();
    expect({ logins, arrived }).toEqual({ logins: [true], arrived: 1 });
  });

  it('is not given to a server that cannot show who it is', async () => {
    const { error, logins } = await sendTo({ disabledCommands: [] });
    expect(error).toMatchObject({ code: 'MAIL_CERTIFICATE', retryable: false });
    expect(logins).toEqual([]);
  });

  it('may be sent to this machine as it is', async () => {
    const world = await serve(LOGIN);
    const secrets = secretOf(world.url.replace('//', '//vigie:s3cr3t@'));
    await smtpMailer({ secrets, secret: 'smtp' }).send(message());
    expect(await world.arrived()).toHaveLength(1);
    await world.close();
  });
});

/** Cuts every connection of a server, as a network does. */
function breaker(world: Awaited<ReturnType<typeof serve>>): () => void {
  return () => {
    for (const connection of world.connections()) connection.destroy();
  };
}
