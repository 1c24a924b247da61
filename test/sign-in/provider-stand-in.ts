import { createHash, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CustomFetch } from 'openid-client';

/** What a test changes of the tokens that the provider gives. */
export interface Misdeeds {
  claims?: Record<string, unknown>;
  /** Signs with a key that the provider does not publish. */
  foreignKey?: boolean;
  /** Changes the token once it is signed. */
  tampered?: boolean;
}

export interface ProviderStandIn {
  readonly issuer: string;
  /** Takes requests to the issuer to the server on loopback. */
  readonly fetch: CustomFetch;
  readonly misdeeds: Misdeeds;
  /** Signs somebody in at the address that a browser was sent to: where the browser is sent back to. */
  signIn(address: string): URL;
  stop(): void;
}

export const CLIENT = { id: 'vigie', secret: 'client secret' };
const ISSUER = 'https://login.site.example';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(claims: object, key: KeyObject): string {
  const text = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
}

/**
 * An OpenID Connect provider on loopback, as far as the code flow goes: it publishes itself and its keys, and gives a
 * token for a code once, to the client that proves itself, for the PKCE challenge that the code was asked with.
 */
export async function startProvider(): Promise<ProviderStandIn> {
  const [own, foreign] = ['own', 'foreign'].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }));
  const codes = new Map<string, URLSearchParams>();
  const misdeeds: Misdeeds = {};
  const answers: Record<string, (body: URLSearchParams, authorization: string) => [number, object]> = {
    '/.well-known/openid-configuration': () => [
      200,
      {
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/authorize`,
        token_endpoint: `${ISSUER}/token`,
        jwks_uri: `${ISSUER}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['client_secret_basic'],
        code_challenge_methods_supported: ['S256'],
      },
    ],
    '/keys': () => [
      200,
      { keys: [{ ...own?.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
    ],
    '/token': (body, authorization) => {
      const asked = codes.get(body.get('code') ?? '');
      codes.delete(body.get('code') ?? '');
      const [id, secret] = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString().split(':');
      const proven =
        id === CLIENT.id && decodeURIComponent(secret?.replaceAll('+', ' ') ?? '') === CLIENT.secret;
      const challenge = createHash('sha256')
        .update(body.get('code_verifier') ?? '')
        .digest('base64url');
      if (!asked || !proven || challenge !== asked.get('code_challenge'))
        return [400, { error: 'invalid_grant' }];
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: ISSUER,
        aud: CLIENT.id,
        sub: 'u1',
        iat: now,
        exp: now + 300,
        nonce: asked.get('nonce'),
      };
      const key = (misdeeds.foreignKey ? foreign : own)?.privateKey as KeyObject;
      const token = signed({ ...claims, ...misdeeds.claims }, key);
      const [head, , seal] = token.split('.');
      const id_token = misdeeds.tampered
        ? `${head}.${part({ ...claims, sub: 'someone else' })}.${seal}`
        : token;
      return [200, { access_token: 'a', token_type: 'Bearer', id_token }];
    },
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = answers[new URL(request.url ?? '', ISSUER).pathname];
    const body = new URLSearchParams(Buffer.concat(chunks).toString());
    const [status, json] = answer?.(body, request.headers.authorization ?? '') ?? [404, {}];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer: ISSUER,
    misdeeds,
    fetch: (url, options) => fetch(url.replace(ISSUER, here), options as RequestInit),
    signIn(address) {
      const { searchParams } = new URL(address);
      const code = `code-${codes.size}-${searchParams.get('state')}`;
      codes.set(code, searchParams);
      const back = new URL(searchParams.get('redirect_uri') ?? '');
      back.search = new URLSearchParams({ code, state: searchParams.get('state') ?? '' }).toString();
      return back;
    },
    stop: () => server.close(),
  };
}
