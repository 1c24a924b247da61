import { z } from 'zod';

/** Forms of values that whatever speaks to another company's system has in vigie.yaml. */

/** `${secret:name}`, and nothing else. */
const REFERENCE = /^\$\{secret:([A-Za-z0-9._/-]+)\}$/;

/** A secret by reference, `${secret:google-ads}`: never the secret itself. */
export const secretReference = () =>
  z.string().refine((text) => REFERENCE.test(text), {
    // The value may be the secret: it is not repeated in the mistake.
    params: { hidden: true },
    error:
      'a secret stands here by reference only, as ${secret:a-name}; its value comes from the environment (VIGIE_SECRET_A_NAME), from secrets.json in the state folder, or from Secrets Manager',
  });

/** `google-ads` of `${secret:google-ads}`. */
export function secretName(reference: string): string {
  const name = REFERENCE.exec(reference)?.[1];
  if (name === undefined) throw new Error('not a reference to a secret');
  return name;
}

/** An https address without query or trailing slash; plain http on loopback only, since credentials go there. */
export const baseUrl = () =>
  z
    .string()
    .refine(isSafeAddress, {
      error:
        'not an https address such as https://erp.example.com (http is for 127.0.0.1 and localhost only)',
    })
    .transform((text) => text.replace(/\/+$/, ''));

function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

export const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** A number that is a name: written with or without quotes, kept as text. `normalise` takes away what people write around it. */
export const numberAsName = (mistake: string, normalise = (written: string): string => written.trim()) =>
  z
    .union([z.string(), z.int().positive().transform(String)])
    .transform(normalise)
    .refine((id) => /^\d+$/.test(id), mistake);

/** Where Google gives tokens. */
export const GOOGLE_TOKENS = 'https://oauth2.googleapis.com/token';

/** How Google lets somebody in. `service_account`: the secret is its key file. `refresh_token`: a user who agreed. */
export const googleSignIns = ['service_account', 'refresh_token'] as const;

/** `482-193-7605`, as the Google Ads interface shows an account, is `4821937605`. */
export const withoutDashes = (written: string): string => written.replaceAll('-', '').trim();
