import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An authority of a company's own, and a server on loopback whose certificate it signed; made anew, kept in a folder. */
export interface Certificates {
  /** PEM file of the authority. */
  readonly authority: string;
  /** PEM file of the server's own certificate. */
  readonly server: string;
  readonly tls: { readonly key: string; readonly cert: string };
}

/** Makes them with `openssl`, which every machine has that runs the tests. `name` tells authorities apart. */
export function makeCertificates(folder: string, name: string): Certificates {
  const at = (file: string): string => join(folder, `${name}-${file}`);
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl(
    ...['req', '-x509', ...fresh, '-days', '2', '-subj', `/CN=${name} root`],
    ...['-keyout', at('ca.key'), '-out', at('ca.pem')],
  );
  openssl(
    ...['req', ...fresh, '-subj', '/CN=sap.corp.example'],
    ...['-keyout', at('server.key'), '-out', at('server.csr')],
  );
  writeFileSync(at('names'), 'basicConstraints=CA:FALSE\nsubjectAltName=IP:127.0.0.1\n');
  openssl(
    ...['x509', '-req', '-in', at('server.csr'), '-days', '2', '-extfile', at('names')],
    ...['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-out', at('server.pem')],
  );
  const text = (file: string): string => readFileSync(at(file), 'utf8');
  return {
    authority: at('ca.pem'),
    server: at('server.pem'),
    tls: { key: text('server.key'), cert: text('server.pem') },
  };
}
