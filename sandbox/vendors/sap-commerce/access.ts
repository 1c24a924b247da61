import { sha256 } from '../../../functions/platform/hash.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';

/** The OAuth client of the inbound channel configuration. */
export const commerceSecret = {
  client_id: 'vigie-export',
  client_secret: 'a-trolley-with-a-stuck-wheel',
} as const;

export const TOKEN_PATH = '/authorizationserver/oauth/token';
const TOKEN_SECONDS = 3600;

/**
 * The authorization server (help.sap.com, SAP Commerce Cloud, "OAuth 2.0"): client credentials in the form or by basic
 * authentication; a bearer token that ends after an hour. Words of the errors: Spring Security OAuth's.
 */
export function doorkeeper(now: () => Date) {
  const tokens = new Map<string, number>();
  return {
    token(call: VendorCall): VendorReply {
      if (call.method !== 'POST') return json(405, { error: 'method_not_allowed' });
      const form = new URLSearchParams(call.body);
      if (!isClient(form, call.headers.get('authorization')))
        return json(401, { error: 'invalid_client', error_description: 'Bad client credentials' });
      const grant = form.get('grant_type');
      if (grant !== 'client_credentials')
        return json(400, {
          error: 'unsupported_grant_type',
          error_description: `Unsupported grant type: ${grant}`,
        });
      const expires = now().getTime() + TOKEN_SECONDS * 1000;
      const token = sha256(`commerce/${tokens.size}/${expires}`);
      tokens.set(token, expires);
      return json(200, {
        ...{
          access_token: token,
          token_type: 'bearer',
          expires_in: TOKEN_SECONDS - 1,
          scope: 'basic openid',
        },
      });
    },
    /** Undefined: come in. */
    refuse(call: VendorCall): VendorReply | undefined {
      const token = /^Bearer (.+)$/i.exec(call.headers.get('authorization') ?? '')?.[1];
      const expires = token === undefined ? undefined : tokens.get(token);
      if (expires !== undefined && expires > now().getTime()) return undefined;
      const message =
        token === undefined
          ? 'Full authentication is required to access this resource'
          : `Invalid access token: ${token}`;
      const type = token === undefined ? 'UnauthorizedError' : 'InvalidTokenError';
      return json(401, { errors: [{ type, message }] });
    },
  };
}

function isClient(form: URLSearchParams, header: string | null): boolean {
  const { client_id: id, client_secret: secret } = commerceSecret;
  const basic = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  return header === basic || (form.get('client_id') === id && form.get('client_secret') === secret);
}

export const json = (status: number, body: object): VendorReply => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: JSON.stringify(body),
});
