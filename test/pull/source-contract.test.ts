import { afterAll, describe } from 'vitest';
import { kindNames } from '../../cli/source-kinds.ts';
import { serveSources } from '../contracts/served-sources.ts';
import { sourceContract } from '../contracts/source-contract.ts';

const kinds = kindNames();
const served = await serveSources(kinds);

describe('every source over an API', () => {
  afterAll(() => served.close());
  for (const kind of kinds) sourceContract(kind, served);
});
