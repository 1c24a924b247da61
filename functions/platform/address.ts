import { z } from 'zod';
import { sha256 } from './hash.ts';

/**
 * E-mail addresses: one pattern for those that people write into settings, one way to compare them, one hash. Where they
 * stand in texts of all kinds is functions/platform/redact/addresses.ts.
 */
const ADDRESS = /^[^\s@<>:]+@[^\s@<>:/]+$/;

/** `name@host`, a host without top level among them (`vigie@localhost`): what a mail server may be handed. */
export const isAddress = (text: string): boolean => ADDRESS.test(text);

/** An address that mail from anywhere reaches: ASCII, at a domain with a top level. */
export const publicAddress = z.email();
export const isPublicAddress = (text: string): boolean => publicAddress.safeParse(text).success;

/** Letters and spaces around it make no other address. */
export const normalAddress = (address: string): string => address.trim().toLowerCase();

/** SHA-256 of the normal address, in hexadecimal: sources that know a person by the same address find each other. */
export const hashAddress = (address: string): string => sha256(normalAddress(address));

const GMAIL = /^(?:gmail|googlemail)\.com$/;

/** The normal address as Google compares it: of a Gmail address neither dots nor what follows `+` count. */
function googleAddress(address: string): string {
  const normal = normalAddress(address);
  const domain = domainOf(normal);
  if (!GMAIL.test(domain)) return normal;
  const name = normal
    .slice(0, -domain.length - 1)
    .replace(/\+.*$/, '')
    .replaceAll('.', '');
  return `${name}@${domain}`;
}

/**
 * What an address is hashed to, by what the hash is for. `google`: Google's customer lists match by it. `person`: tells people
 * apart and nothing else; no vendor knows it, so it may stay where somebody is not to be found any more. Whoever has two
 * spellings of one Gmail address is one person: who withdraws by one of them, withdraws.
 */
export const addressHashes = {
  google: (address: string): string => sha256(googleAddress(address)),
  person: (address: string): string =>
    sha256(`vigie:person:${googleAddress(address).replace(/@googlemail\.com$/, '@gmail.com')}`),
} as const;

/** `vigie@example.com` of `Vigie <vigie@example.com>`. */
export const addressIn = (mailbox: string): string => (/<([^<>]+)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();

/** What is behind the `@`. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** What is before the `@`: names a person to colleagues, and is no address. */
export const localPartOf = (address: string): string => address.slice(0, address.lastIndexOf('@'));
