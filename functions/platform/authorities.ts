import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { VigieError } from './errors.ts';

const BLOCK = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The certificates of a PEM file, each as PEM: authorities that are trusted beside those that Node.js knows
 * (`network.ca_file`). Throws `CA_FILE`, saying what is wrong with the file and how to get the right one.
 */
export function readAuthorities(file: string, now: Date): string[] {
  const text = textOf(file);
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text))
    throw refused(
      file,
      'it holds a private key, which only the server may have',
      'Take the key out, and have a new one made: who read the file can pass for the server.',
    );
  const blocks = text.match(BLOCK) ?? [];
  if (blocks.length === 0)
    throw refused(
      file,
      'there is no certificate in it in PEM form (-----BEGIN CERTIFICATE-----)',
      'A file in DER form (.cer, .der) becomes one by: openssl x509 -inform der -in FILE -out ca.pem.',
    );
  for (const [index, block] of blocks.entries()) check(file, block, index + 1, now);
  return blocks;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw refused(
      file,
      'it cannot be read',
      'Correct network.ca_file in vigie.yaml; it is relative to that file.',
      cause,
    );
  }
}

function check(file: string, block: string, place: number, now: Date): void {
  const certificate = parsed(file, block, place);
  const name = certificate.subject.replaceAll('\n', ', ');
  if (new Date(certificate.validTo) < now)
    throw refused(
      file,
      `certificate ${place} (${name}) ended on ${new Date(certificate.validTo).toISOString().slice(0, 10)}`,
      'Ask whoever runs the authority for its present certificate.',
    );
  // One that signed itself is its own authority, whatever it says of itself.
  if (!certificate.ca && !certificate.checkIssued(certificate))
    throw refused(
      file,
      `certificate ${place} (${name}) is a server’s, signed by ${certificate.issuer.replaceAll('\n', ', ')}`,
      'The file takes the certificate of the authority that signed it, which stays when the server gets a new one. The last one that this prints, or its issuer: openssl s_client -showcerts -connect HOST:PORT.',
    );
}

function parsed(file: string, block: string, place: number): X509Certificate {
  try {
    return new X509Certificate(block);
  } catch (cause) {
    throw refused(file, `certificate ${place} is damaged`, 'Export it again, whole, in PEM form.', cause);
  }
}

const refused = (file: string, what: string, hint: string, cause?: unknown): VigieError =>
  new VigieError(`the authorities in ${file} cannot be trusted: ${what}`, {
    code: 'CA_FILE',
    where: { file },
    hint,
    ...(cause === undefined ? {} : { cause }),
  });
