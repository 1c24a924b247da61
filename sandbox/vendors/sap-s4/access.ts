import { sha256 } from '../../../functions/platform/hash.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';

/** Credentials of the communication user, and of the OAuth client that stands for it. */
export const sapSecret = {
  user: 'VIGIE_READER',
  password: 'tyres-Roll-7-times',
  client_id: 'VIGIE_OAUTH',
  client_secret: 'kept-under-the-spare-wheel',
} as const;

/** Default of transaction SOAUTH2: an hour. */
const TOKEN_SECONDS = 3600;
export const TOKEN_PATH = '/sap/bc/sec/oauth2/token';

/**
 * Who may in. Basic, or OAuth 2.0 with client credentials at `/sap/bc/sec/oauth2/token`, the client by basic
 * authentication (help.sap.com, "OAuth 2.0 – AS ABAP", RFC 6749 section 4.4). A failed logon is answered in HTML, as
 * the ICF service answers it, whatever the client accepts.
 */
export function doorkeeper(now: () => Date) {
  const tokens = new Map<string, number>();
  return {
    token(call: VendorCall): VendorReply {
      const form = new URLSearchParams(call.body);
      if (call.method !== 'POST') return { status: 405 };
      if (call.headers.get('authorization') !== basic(sapSecret.client_id, sapSecret.client_secret))
        return oauthError(401, 'invalid_client', 'Invalid client credentials');
      if (form.get('grant_type') !== 'client_credentials')
        return oauthError(
          400,
          'unsupported_grant_type',
          `Grant type ${form.get('grant_type')} is not supported`,
        );
      const expires = now().getTime() + TOKEN_SECONDS * 1000;
      const token = sha256(`sap/${tokens.size}/${expires}`);
      tokens.set(token, expires);
      return json(200, { access_token: token, token_type: 'Bearer', expires_in: String(TOKEN_SECONDS) });
    },
    /** Undefined: come in. */
    refuse(call: VendorCall): VendorReply | undefined {
      const header = call.headers.get('authorization') ?? '';
      if (header === basic(sapSecret.user, sapSecret.password)) return undefined;
      const expires = header.startsWith('Bearer ') ? tokens.get(header.slice('Bearer '.length)) : undefined;
      if (expires !== undefined && expires > now().getTime()) return undefined;
      return {
        status: 401,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'www-authenticate': 'Basic realm="SAP NetWeaver Application Server [S4P/100]"',
        },
        body: '<html><head><title>Logon Error Message</title></head><body><h1>Logon failed</h1><p>Error: No logon possible</p></body></html>',
      };
    },
  };
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const json = (status: number, body: object): VendorReply => ({
  status,
  headers: { 'content-type': 'application/json;charset=utf-8' },
  body: JSON.stringify(body),
});

const oauthError = (status: number, error: string, description: string): VendorReply =>
  json(status, { error, error_description: description });
