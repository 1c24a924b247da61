import { isAddress } from '../../functions/platform/address.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { probeSmtp } from '../../functions/platform/local/smtp-probe.ts';
import { testMail } from '../../functions/report/letters/test-letter.ts';
import type { Context } from '../context.ts';
import { looking, type Symptom } from './symptom.ts';

/**
 * Sends a mail through the company's mailer, on the way its digests go, and says what that proved: the server's TLS, the
 * login, that it takes the sender and the recipient. Also while the company is set up.
 */
export async function sendTestMail(context: Context, to: string): Promise<Symptom[]> {
  if (!isAddress(to))
    throw new VigieError(`--mail-to ${to} is no e-mail address.`, {
      code: 'USAGE',
      hint: 'Name one address behind --mail-to.',
    });
  const server = await looking('mail server', () => mailServer(context));
  if (server.some(({ status }) => status === 'failed')) return [...server];
  return [...server, ...(await looking('test mail', () => oneMail(context, to)))];
}

async function mailServer({ company, platform, stack }: Context): Promise<Symptom[]> {
  const { mailer } = company.delivery;
  if (stack || mailer.kind === 'files') return [];
  const { host, port, tls, validTo, user } = await probeSmtp(
    await platform.secrets.get(mailer.secret),
    platform.redactor,
  );
  const login = user === null ? 'no login asked for' : `login accepted as ${user}`;
  if (tls === null)
    return [
      {
        what: 'mail server',
        status: 'warning',
        finding: `${host}:${port} answers without TLS; ${login}`,
        remedy:
          'Whoever listens in between can read the figures: use smtps:// or a server that offers STARTTLS.',
      },
    ];
  const certificate = validTo === null ? '' : `, certificate good until ${validTo}`;
  return [
    { what: 'mail server', status: 'ok', finding: `${host}:${port} over ${tls}${certificate}; ${login}` },
  ];
}

async function oneMail(context: Context, to: string): Promise<Symptom> {
  const { company, platform, stack } = context;
  const message = await testMail(platform, company, to);
  const { reference } = await platform.mailer.send(message);
  const what = 'test mail';
  if (!stack && company.delivery.mailer.kind === 'files')
    return {
      what,
      status: 'warning',
      finding: `written to ${platform.bucket.locate(reference)}; nobody was sent anything`,
      remedy: 'Set `delivery: { mailer: { kind: smtp } }` and the secret `smtp` to send mails.',
    };
  return {
    what,
    status: 'ok',
    finding: `the server took it, from the sender of vigie.yaml for ${to}: ${reference}`,
    remedy: 'Look whether it arrived, and not among the spam: the digest comes from the same sender.',
  };
}
