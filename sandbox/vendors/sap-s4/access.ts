import { html } from '../../vendor-kit/replies.ts';
import { basic, clientGrant, tokenDesk } from '../../vendor-kit/token-desk.ts';
import type { VendorCall, VendorReply } from '../vendor.ts';

/** Credentials of the communication user, and of the OAuth client that stands for it. */
export const sapSecret = {
  user: 'VIGIE_READER',
  password: 'tyres-Roll-7-times',
  client_id: 'VIGIE_OAUTH',
  client_secret: 'kept-under-the-spare-wheel',
} as const;

export const TOKEN_PATH = '/sap/bc/sec/oauth2/token';

/**
 * Who may in. Basic, or OAuth 2.0 with client credentials at `/sap/bc/sec/oauth2/token` (help.sap.com, "OAuth 2.0 – AS
 * ABAP", RFC 6749 section 4.4); a token is good for an hour, the default of transaction SOAUTH2, and says so as text. A
 * failed logon is answered in HTML, as the ICF service answers it, whatever the client accepts.
 */
export function doorkeeper(now: () => Date) {
  const desk = tokenDesk({
    ...{ seed: 'sap', seconds: 3600, now },
    grant: clientGrant(sapSecret, 'Invalid client credentials'),
    extras: { expires_in: '3600' },
  });
  const user = basic(sapSecret.user, sapSecret.password);
  return {
    token: desk.answer,
    /** Undefined: come in. */
    refuse: (call: VendorCall): VendorReply | undefined =>
      call.headers.get('authorization') === user || desk.state(call) === 'good'
        ? undefined
        : html(
            401,
            '<html><head><title>Logon Error Message</title></head><body><h1>Logon failed</h1><p>Error: No logon possible</p></body></html>',
            { 'www-authenticate': 'Basic realm="SAP NetWeaver Application Server [S4P/100]"' },
          ),
  };
}
