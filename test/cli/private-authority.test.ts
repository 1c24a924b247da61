import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vigieFolder } from '../../functions/platform/vigie-folder.ts';
import { sapVendor } from '../../sandbox/vendors/sap-s4/vendor.ts';
import { serveVendors, type VendorServers } from '../../sandbox/vendors/serve.ts';
import { type Certificates, makeCertificates } from '../kit/certificates.ts';
import { living, morning, startsOn } from '../sandbox/vendors/living.ts';

/** An SAP inside a company: simulated, over TLS, with a certificate that the company's own authority has signed. */
const folder = mkdtempSync(join(tmpdir(), 'vigie-inside-'));
let corp: Certificates;
let other: Certificates;
let servers: VendorServers;
beforeAll(async () => {
  corp = makeCertificates(folder, 'corp');
  other = makeCertificates(folder, 'other');
  const { vendor, until } = living(sapVendor, { now: morning });
  until();
  servers = await serveVendors([vendor], { firstPort: 0, tls: corp.tls });
});
afterAll(async () => {
  await servers.close();
  rmSync(folder, { recursive: true });
});

interface Pulled {
  readonly code: number;
  readonly output: string;
}

/** `vigie try sap --entity customers`, in a process of its own, as Node.js takes an authority at its start. */
function pull(caFile: string | undefined, env: Record<string, string> = {}): Promise<Pulled> {
  const [sap] = servers.vendors;
  const place = mkdtempSync(join(folder, 'company-'));
  mkdirSync(join(place, '.vigie'));
  writeFileSync(
    join(place, '.vigie', 'secrets.json'),
    JSON.stringify({ 'sap-s4': JSON.stringify(sap?.secret) }),
    {
      mode: 0o600,
    },
  );
  writeFileSync(
    join(place, 'vigie.yaml'),
    `company: { name: Inside, time_zone: Europe/Paris, currency: EUR }
${caFile === undefined ? '' : `network: { ca_file: "${caFile}" }`}
sources:
  - { kind: sap-s4, name: sap, starts_on: ${startsOn}, base_url: "${sap?.origin}", read: [customers] }
`,
  );
  const args = [join(vigieFolder(), 'bin/vigie.js'), 'try', 'sap', '--entity', 'customers'];
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      [...args, '--config', join(place, 'vigie.yaml')],
      { env: { PATH: process.env['PATH'], HOME: folder, ...env }, encoding: 'utf8' },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr }),
    ),
  );
}

/** What `vigie try` prints of a customer that was read. */
const CUSTOMER = /customer_id/;
const canBeTold = 'setDefaultCACertificates' in tls;

describe('an SAP whose certificate the company signed', () => {
  test('is not believed unseen, and the message says which setting to make', async () => {
    const { code, output } = await pull(undefined);
    expect(code).not.toBe(0);
    expect(output).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED/);
    expect(output).toContain('network.ca_file');
    expect(output).not.toMatch(CUSTOMER);
  });

  test('is read where Node.js was started with the authority, as it is on AWS', async () => {
    const { code, output } = await pull(corp.authority, { NODE_EXTRA_CA_CERTS: corp.authority });
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(CUSTOMER) });
  });

  test.runIf(canBeTold)('is read with `network.ca_file` alone', async () => {
    const { code, output } = await pull(corp.authority);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(CUSTOMER) });
  });

  test.runIf(!canBeTold)(
    'is not read by an older Node.js without its start, and the message says how',
    async () => {
      const { code, output } = await pull(corp.authority);
      expect(code).not.toBe(0);
      expect(output).toContain(`NODE_EXTRA_CA_CERTS=${corp.authority} vigie`);
    },
  );

  test('is not read with the authority of another', async () => {
    const { code, output } = await pull(other.authority, { NODE_EXTRA_CA_CERTS: other.authority });
    expect(code).not.toBe(0);
    expect(output).not.toMatch(CUSTOMER);
  });
});
