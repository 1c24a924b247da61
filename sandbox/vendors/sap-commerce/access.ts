import { json } from '../../vendor-kit/replies.ts';
import { clientGrant, tokenDesk } from '../../vendor-kit/token-desk.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';

/** The OAuth client of the inbound channel configuration. */
export const commerceSecret = {
  client_id: 'vigie-export',
  client_secret: 'a-trolley-with-a-stuck-wheel',
} as const;

export const TOKEN_PATH = '/authorizationserver/oauth/token';

/**
 * The authorization server (help.sap.com, SAP Commerce Cloud, "OAuth 2.0"): client credentials in the form or by basic
 * authentication; a bearer token that ends after an hour. Words of the errors: Spring Security OAuth's.
 */
export function doorkeeper(now: () => Date) {
  const desk = tokenDesk({
    ...{ seed: 'commerce', seconds: 3600, now },
    grant: {
      ...clientGrant(commerceSecret, 'Bad client credentials'),
      unsupported: (type) => `Unsupported grant type: ${type}`,
    },
    extras: { token_type: 'bearer', expires_in: 3599, scope: 'basic openid' },
  });
  return {
    token: desk.answer,
    /** Undefined: come in. */
    refuse(call: VendorCall): VendorReply | undefined {
      const state = desk.state(call);
      if (state === 'good') return undefined;
      const given = call.headers.get('authorization')?.slice('Bearer '.length);
      const [type, message] =
        state === 'missing'
          ? ['UnauthorizedError', 'Full authentication is required to access this resource']
          : ['InvalidTokenError', `Invalid access token: ${given}`];
      return json(401, { errors: [{ type, message }] });
    },
  };
}
