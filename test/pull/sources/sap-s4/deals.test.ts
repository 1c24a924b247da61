import { readFileSync } from 'node:fs';
import { afterAll, describe } from 'vitest';
import { parseRecording } from '../../../contracts/recording.ts';
import { type ServedSource, serveRecordings } from '../../../contracts/served-sources.ts';
import { sourceContract } from '../../../contracts/source-contract.ts';

const FILE = 'test/pull/sources/sap-s4/recorded-deals.json';
const served = await serveRecordings([['sap-s4', parseRecording(readFileSync(FILE, 'utf8'), FILE)]]);

/** The simulated S/4HANA has no quotations: what it would answer is recorded. */
describe('SAP S/4HANA, quotations and contracts', () => {
  afterAll(() => served.close());
  sourceContract('sap-s4', { of: (kind) => new Map(served.sources).get(kind) as ServedSource });
});
