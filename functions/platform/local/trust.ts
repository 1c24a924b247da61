import { resolve } from 'node:path';
import tls from 'node:tls';
import { readAuthorities } from '../authorities.ts';
import { VigieError } from '../errors.ts';

/** What Node.js has since 22.19 and 24.5; its types of version 20 do not know it. */
interface Trusting {
  readonly getCACertificates?: (type: 'default') => string[];
  readonly setDefaultCACertificates?: (certificates: readonly string[]) => void;
}

export interface TrustOptions {
  /** Absolute path of the PEM file. */
  readonly file: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** For tests. */
  readonly node?: Trusting;
}

/**
 * Lets every connection of this process that says nothing else trust the authorities of a file, beside those that
 * Node.js knows. Where Node.js was started with the file (`NODE_EXTRA_CA_CERTS`) there is nothing to do. Throws
 * `CA_FILE` for a file that is none, `CA_FILE_NODE` where this Node.js can be told at its start only.
 */
export function trustAuthorities({ file, env, now, node = tls as Trusting }: TrustOptions): void {
  const authorities = readAuthorities(file, now);
  const given = env['NODE_EXTRA_CA_CERTS'];
  if (given !== undefined && resolve(given) === file) return;
  const { getCACertificates, setDefaultCACertificates } = node;
  if (getCACertificates === undefined || setDefaultCACertificates === undefined)
    throw new VigieError(
      `Node.js ${process.versions.node} cannot be told to trust network.ca_file once it runs`,
      {
        code: 'CA_FILE_NODE',
        where: { file },
        hint: `Start it so: NODE_EXTRA_CA_CERTS=${file} vigie …; or install Node.js 22.19, 24.5 or later.`,
      },
    );
  setDefaultCACertificates([...getCACertificates('default'), ...authorities]);
}
