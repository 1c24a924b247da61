import { writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { writeSecrets } from '../../cli/commands/sandbox-secrets.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import { chaosOf } from '../../sandbox/chaos/chaos.ts';
import { CRM_KINDS, type CrmKind } from '../../sandbox/companies/saas/crm-kinds.ts';
import { type Misbehave, serveVendors, type VendorServers } from '../../sandbox/vendors/serve.ts';
import { leakIn, type Stranger, secretsOf, stranger } from '../chaos/canaries.ts';
import { type SmallCrm, smallCrms } from '../chaos/crm.ts';
import { loadedThere, type Pulled, pulledHere, pulledThere } from '../kit/aws/pulled.ts';
import { saidAndKept, storeSecrets } from '../kit/aws/served-company.ts';
import { type TestStack, testStack } from '../kit/aws/stack.ts';
import { FIRST, type FunnelCompany, funnelCompany, SECOND } from '../kit/funnel-company.ts';
import { withContext } from '../kit/local-run.ts';
import { tables } from '../kit/tables.ts';
import { archiveNames } from '../kit/taken-away.ts';

/**
 * Each CRM through the deployed function `pull`, on S3 with secrets of Secrets Manager: what it lands on two mornings is what this machine
 * lands, row by row, whoever was changed, merged, deleted or erased overnight; and of vendors that misbehave it lands no wrong row. No
 * statement of SQL is run; `npm run test:chaos` has a hundred seeds on one machine.
 */
const suite = () => ({ motoUrl: inject('motoUrl'), trinoUrl: inject('trinoUrl') });

/** What came of a morning, here and there. */
interface Morning {
  readonly here: Pulled;
  readonly there: Pulled;
  /** Whether the archives name the person who is erased on the second day. */
  readonly named: { readonly here: boolean; readonly there: boolean };
}

describe.each(CRM_KINDS)('two mornings of %s, pulled by the deployed function and on this machine', (crm) => {
  let company: FunnelCompany;
  let stack: TestStack;
  let first: Morning;
  let second: Morning;

  beforeAll(async () => {
    company = await funnelCompany(crm);
    const { folder, now, state, summary } = company;
    stack = await testStack({ ...suite(), config: summary.config, folder, now });
    await storeSecrets(stack, company.servers.vendors);
    const at = now().toISOString();
    await withContext({ config: summary.config, state, at }, ({ platform }) =>
      ensureTables(platform, tables.all),
    );
    first = await morning(FIRST);
    await loadedThere(stack, crm, fileBucket(state));
    second = await morning(SECOND);
  });
  afterAll(async () => {
    await stack?.close();
    await company?.servers.close();
  });

  async function morning(asOf: string): Promise<Morning> {
    company.morningAfter(asOf);
    const { summary, state, gone, now } = company;
    const run = { config: summary.config, state, asOf, at: now().toISOString() };
    const here = await pulledHere(crm, run);
    const there = await pulledThere(stack, crm, run);
    const named = {
      here: await archiveNames(fileBucket(state), crm, gone.erased),
      there: await archiveNames(stack.bucket, crm, gone.erased),
    };
    return { here, there, named };
  }

  test('both land the same rows, and refuse none', () => {
    for (const { here, there } of [first, second]) {
      expect(there.report).toMatchObject({ source: crm, status: 'ok' });
      expect(there.report.batches.filter(({ rejected }) => rejected > 0)).toEqual([]);
      expect(Object.fromEntries(there.rows)).toEqual(Object.fromEntries(here.rows));
    }
    for (const table of ['leads', 'deals', 'stage_history', 'stages', 'crm_users', 'crm_people'])
      expect(first.there.rows.get(table)?.length, table).toBeGreaterThan(5);
  });

  test('the second morning brings what changed overnight, and not everything again', () => {
    const { gone, newLeads } = company;
    const [all, changed] = [first, second].map(({ there }) => there.rows.get('leads') ?? []);
    expect(changed?.length).toBeGreaterThan(newLeads);
    expect(changed?.length).toBeLessThan((all?.length ?? 0) / 4);
    const about = (id: string): string[] =>
      (changed ?? []).filter((row) => row.includes(`"lead_id":"${id}"`));
    expect(about(gone.merged)).toEqual([expect.stringContaining('"status":"merged"')]);
    // Dynamics keeps nothing of a lead that was deleted: it is missing from the list of people.
    expect(about(gone.deleted)).toEqual(
      crm === 'dynamics-sales' ? [] : [expect.stringContaining('"status":"deleted"')],
    );
    const deals = second.there.rows.get('deals') ?? [];
    expect(deals.filter((row) => row.includes(`"deal_id":"${gone.deal}"`))).toEqual([
      expect.stringContaining('"status":"deleted"'),
    ]);
  });

  test('who is erased is on the list of people no more, and in no answer that is archived', () => {
    const { erased } = company.gone;
    const isListed = ({ there }: Morning): boolean =>
      (there.rows.get('crm_people') ?? []).some((row) => row.includes(erased));
    expect([isListed(first), isListed(second)]).toEqual([true, false]);
    expect(first.named).toEqual({ here: true, there: true });
    expect(second.named).toEqual({ here: false, there: false });
  });

  test('no function asks S3 for what its policy does not allow, and no credential is printed or kept', async () => {
    expect(stack.denied).toEqual([]);
    const said = await saidAndKept(stack);
    expect(secretsOf(company.servers).filter((secret) => said.includes(secret))).toEqual([]);
    expect(said).not.toContain('Camille');
  });
});

const CHAOS_DAY = '2026-11-20';
/** When pulls start, UTC, before anybody works in the CRM: each seed has a run of its own. */
const MORNING = 4;

/** A seed that spoils a third of all answers in passing; HubSpot's token is never a new one, so none of them takes it away. */
const PASSING = 29;
/** Seeds that do what no repetition mends: zip bombs, next links to another host, a permission that is gone. */
const LASTING: Readonly<Record<CrmKind, readonly number[]>> = {
  hubspot: [6, 24],
  salesforce: [6, 26],
  'dynamics-sales': [23, 26],
};

describe.each(CRM_KINDS)('%s that misbehaves, pulled by the deployed function', (kind) => {
  let company: Served;
  let other: Stranger;
  let stack: TestStack;
  /** What is landed of a vendor that behaves, on this machine. */
  let calm: Pulled;

  beforeAll(async () => {
    other = await stranger();
    company = await servedCompany(kind);
    const { config, folder, now } = company;
    const run = { config, state: join(folder, '.vigie'), asOf: CHAOS_DAY, at: now().toISOString() };
    await withContext(run, ({ platform }) => ensureTables(platform, tables.all));
    calm = await pulledHere(kind, run);
    stack = await testStack({ ...suite(), config, folder, now });
    await storeSecrets(stack, company.servers.vendors);
  });
  afterAll(async () => {
    await stack?.close();
    await company?.servers.close();
    await other?.close();
  });

  /** The first pull of a stack that has nothing yet, with the vendor as a seed makes it; null: calm. */
  async function pull(seed: number | null, minute: number) {
    const chaos = seed === null ? null : chaosOf(seed, { foreignOrigin: other.origin });
    company.misbehave(chaos?.misbehave);
    company.clock(MORNING, minute);
    const found = await pulledThere(stack, kind, { asOf: CHAOS_DAY, at: company.now().toISOString() });
    return { ...found, deeds: chaos?.deeds ?? [] };
  }

  test('what passes is waited out: all that is landed is what a calm vendor gives', async () => {
    const { deeds, report, rows } = await pull(PASSING, 0);
    expect(deeds.length).toBeGreaterThan(3);
    expect(report).toMatchObject({ source: kind, status: 'ok' });
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(calm.rows));
  });

  test.each([0, 1])(
    'what lasts lands no wrong row, and the source says that it failed, and why (%i)',
    async (place) => {
      const { deeds, report, rows } = await pull(LASTING[kind][place] ?? 0, 1 + place);
      expect(deeds.length).toBeGreaterThan(0);
      expect(report).toMatchObject({ source: kind, status: 'failed' });
      expect(report.problem?.message).toContain(kind);
      expect(report.problem?.message.length).toBeGreaterThan(20);
      expect(report.problem?.code).toMatch(/^[A-Z_]+$/);
      for (const [table, landed] of rows) {
        const right = new Set(calm.rows.get(table));
        expect(
          landed.filter((row) => !right.has(row)),
          table,
        ).toEqual([]);
      }
    },
  );

  test('when it is over, one more pull has all of it', async () => {
    const { report, rows } = await pull(null, 9);
    expect(report).toMatchObject({ status: 'ok' });
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(calm.rows));
  });

  test('nothing secret was printed, kept, or sent to where a link led', async () => {
    const secrets = secretsOf(company.servers);
    const texts = [await saidAndKept(stack), ...other.received];
    expect(texts.flatMap((text) => leakIn(text, secrets) ?? [])).toEqual([]);
    expect(stack.denied).toEqual([]);
  });
});

/** A company that has nothing but a CRM, which is served in this process. */
interface Served {
  readonly config: string;
  readonly folder: string;
  readonly servers: VendorServers;
  now(): Date;
  /** Sets it, and the vendor’s, to a time of the day after. */
  clock(hour: number, minute: number): void;
  /** From now on; nothing: the vendor behaves. */
  misbehave(how: Misbehave | undefined): void;
  close(): Promise<void>;
}

async function servedCompany(kind: CrmKind): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-crm-chaos-'));
  const dayAfter = (hour: number, minute: number): Date =>
    new Date(Date.parse(`${addDays(CHAOS_DAY, 1)}T00:00:00Z`) + (hour * 60 + minute) * 60_000);
  let at = dayAfter(MORNING, 0);
  let how: Misbehave | undefined;
  const now = () => at;
  const crm = smallCrms({ endsOn: CHAOS_DAY, now }).find((each) => each.kind === kind) as SmallCrm;
  const servers = await serveVendors([crm.vendor()], {
    firstPort: 0,
    misbehave: async (exchange) => how?.(exchange),
  });
  const origin = servers.vendors[0]?.origin ?? '';
  const config = join(folder, 'vigie.yaml');
  writeFileSync(config, JSON.stringify(companyOf(crm.entry(origin))));
  await writeSecrets(folder, servers.vendors);
  return {
    ...{ config, folder, servers, now },
    clock: (hour, minute) => {
      at = dayAfter(hour, minute);
    },
    misbehave: (next) => {
      how = next;
    },
    close: () => servers.close(),
  };
}

/** JSON is YAML. */
function companyOf(source: ReturnType<SmallCrm['entry']>): object {
  const others = loadCatalogue().kpis.filter(({ id }) => id !== 'new_leads');
  return {
    company: { name: 'Small', time_zone: 'Europe/Paris', currency: 'EUR' },
    sources: [source],
    kpis: {
      digest: ['new_leads'],
      dashboard: [],
      off: Object.fromEntries(others.map(({ id }) => [id, 'Not in this test.'])),
    },
    recipients: [{ email: 'ops@example.com', language: 'en', roles: ['executive', 'ops'] }],
    delivery: { from: 'Vigie <vigie@example.com>' },
  };
}
