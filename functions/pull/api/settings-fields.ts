import { z } from 'zod';

/** Fields that the settings of many sources have. Give each the description that fits, with `.describe()`. */
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

/** Days that are read anew each time, since the vendor restates them. */
export const lookBackDays = (days: number, most: number, why: string) =>
  z.int().min(1).max(most).default(days).describe(why);

/** Where tokens are given. */
export const tokenUrl = (address: string) =>
  baseUrl().default(address).describe('Address that gives tokens. Only for tests and proxies.');

/** Where the API is, for vendors that have one address for all. */
export const apiUrl = (address: string) =>
  baseUrl().default(address).describe('Address of the API. Only for tests and proxies.');

/** A number that is a name: written with or without quotes, kept as text. `normalise` takes away what people write around it. */
export const numberAsName = (mistake: string, normalise = (written: string): string => written.trim()) =>
  z
    .union([z.string(), z.int().positive().transform(String)])
    .transform(normalise)
    .refine((id) => /^\d+$/.test(id), mistake);

/** Whether no value of a list comes twice. */
export const areDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
