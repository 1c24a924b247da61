import { VigieError } from '../errors.ts';

/** What a URL may ask beside server and login; others could turn encryption off, or print what is said. */
const SETTING = /^(?:tls\.\w+|name|authMethod|servername|localAddress)$/;

/** The URL is a secret: what is wrong with it is said without showing it. */
export function serverUrl(text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '')
    throw invalid(
      'the SMTP secret is not a URL of a mail server',
      'Write it as smtps://user:password@mail.example.com:465 (or smtp://…:587); percent-encode @, : and / in user and password.',
    );
  const unknown = [...url.searchParams].find(
    ([name, value]) => !SETTING.test(name) && !isHarmless(name, value),
  );
  if (unknown)
    throw invalid(
      `the URL in the SMTP secret sets \`${unknown[0]}\`, which it may not`,
      'After the ? it may set name, authMethod, servername, localAddress and tls.… (tls.rejectUnauthorized=false, for a server in your own network). A password is sent over an encrypted connection in any case.',
    );
  return url;
}

/** What holds anyway. */
const isHarmless = (name: string, value: string): boolean => name === 'requireTLS' && value === 'true';

const invalid = (message: string, hint: string): VigieError =>
  new VigieError(message, { code: 'MAIL_SERVER_INVALID', hint });

/** Whether the URL logs in. */
const logsIn = (url: URL): boolean => url.username !== '' || url.password !== '';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/** A password leaves this machine encrypted or not at all. */
export const connectionRules = (url: URL): { readonly requireTLS?: true } =>
  logsIn(url) && !LOOPBACK.test(url.hostname) ? { requireTLS: true } : {};
