import type { Redactor } from './redactor.ts';

/** Fields of key files that are no secret; `type: service_account` must not blot out words of messages. */
const PUBLIC = new Set([
  'type',
  'token_uri',
  'auth_uri',
  'universe_domain',
  'expires_at',
  'refresh_token_expires_at',
]);

/** Learns the fields of a secret that has several. */
export function learnFields(redactor: Redactor, fields: Readonly<Record<string, unknown>>): void {
  for (const [field, value] of Object.entries(fields)) {
    if (typeof value === 'object' && value !== null) learnFields(redactor, value as Record<string, unknown>);
    else if (!PUBLIC.has(field)) redactor.learn(String(value));
  }
}

/** Learns a secret as it is kept: a JSON object of fields, the URL of a server, or one text. */
export function learnSecret(redactor: Redactor, text: string): void {
  const value = parsed(text);
  if (typeof value === 'object' && value !== null) learnFields(redactor, value as Record<string, unknown>);
  else if (URL.canParse(text.trim())) learnUrl(redactor, new URL(text.trim()));
  else redactor.learn(text.trim());
}

/** Learns what of a server's URL is secret. Servers echo the password as it is, or as they were sent it. */
export function learnUrl(redactor: Redactor, url: URL): void {
  for (const part of [url.password, decoded(url.password)]) redactor.learn(part);
  const user = decoded(url.username);
  if (user.includes('@')) redactor.learnAddress(user);
  if (url.password === '') return;
  const pair = `${user}:${decoded(url.password)}`;
  redactor.learn(Buffer.from(pair).toString('base64'));
  redactor.learn(Buffer.from(`\0${pair.replace(':', '\0')}`).toString('base64'));
}

/** A stray percent sign in a password is a percent sign. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
