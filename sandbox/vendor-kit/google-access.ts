import { generateKeyPairSync } from 'node:crypto';
import { keyGrant, type TokenDesk, tokenDesk } from './token-desk.ts';

const EMAIL = 'vigie@marelune-shop.iam.gserviceaccount.example';

let pair: { readonly publicKey: string; readonly privateKey: string } | undefined;

/** Made once a process, as that takes a moment. Never written down: a key in a repository would be taken for a leak. */
function keys() {
  pair ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return pair;
}

/** What a company downloads as the key file of its service account. */
export const keyFile = (seed: number): Readonly<Record<string, string>> => ({
  type: 'service_account',
  project_id: 'marelune-shop',
  private_key_id: `${seed}a7f3`,
  private_key: keys().privateKey,
  client_email: EMAIL,
});

/** Google: “The access token has a one-hour lifetime”; it says 3599. `api`: whose tokens, and `scope` what they are for. */
export const tokenOffice = (now: () => Date, api: string, scope: string): TokenDesk =>
  tokenDesk({
    ...{ seed: api, prefix: 'ya29.c.', seconds: 3599, now },
    grant: keyGrant({
      issuer: EMAIL,
      publicKey: keys().publicKey,
      scope: `https://www.googleapis.com/auth/${scope}`,
    }),
  });
