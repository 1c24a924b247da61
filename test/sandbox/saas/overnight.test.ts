import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../../functions/lake/run/manifest.ts';
import { readList } from '../../../functions/lake/snapshot/list-entries.ts';
import { type Cell, queryRows } from '../../../functions/platform/engine.ts';
import { CRM_KINDS } from '../../../sandbox/companies/saas/crm-kinds.ts';
import { figureLines } from '../../kit/aws/outcome.ts';
import { FIRST, type FunnelCompany, funnelCompany, SECOND } from '../../kit/funnel-company.ts';
import { localRun, withContext } from '../../kit/local-run.ts';
import { archiveNames, DELETED, PERSONAL } from '../../kit/taken-away.ts';

/** Two mornings of the software company with each CRM: overnight a lead is merged, one is deleted, one erased, and a deal deleted. */
const PATIENCE_MS = 600_000;

interface Morning {
  readonly manifest: Manifest;
  readonly figures: readonly string[];
  /** Of the lake, by what was taken away. */
  readonly status: Readonly<Record<'merged' | 'deleted' | 'erased' | 'deal', Cell>>;
  readonly person: readonly Cell[];
  readonly hottest: readonly string[];
  /** Whether the archive of what the CRM answered names who is erased. */
  readonly isArchived: boolean;
}

describe.each(CRM_KINDS)('overnight in %s', (crm) => {
  let company: FunnelCompany;
  let first: Morning;
  let second: Morning;
  beforeAll(async () => {
    company = await funnelCompany(crm, { days: 120, kpis: ['new_leads', 'lead_score'] });
    first = await morning(FIRST);
    second = await morning(SECOND);
  }, PATIENCE_MS);
  afterAll(() => company?.servers.close());

  async function morning(asOf: string): Promise<Morning> {
    company.morningAfter(asOf);
    const { summary, state, gone, now } = company;
    const run = { config: summary.config, state, at: now().toISOString() };
    const manifest = await localRun({ ...run, asOf });
    return withContext(run, async ({ platform: { bucket, engine } }) => {
      const cells = async (columns: string, table: string, where: string): Promise<Cell[]> => {
        const [row] = await queryRows(engine, `SELECT ${columns} FROM lake.${table} WHERE ${where}`);
        return Object.values(row ?? {});
      };
      const lead = async (id: string): Promise<Cell> =>
        (await cells('status', 'leads', `lead_id = '${id}'`))[0] ?? null;
      return {
        manifest,
        figures: await figureLines(bucket, ['new_leads'], asOf, asOf),
        status: {
          ...{ merged: await lead(gone.merged), deleted: await lead(gone.deleted) },
          ...{ erased: await lead(gone.erased) },
          deal: (await cells('status', 'deals', `deal_id = '${gone.deal}'`))[0] ?? null,
        },
        person: await cells(`lost_on, ${PERSONAL.join(', ')}`, 'leads', `lead_id = '${gone.erased}'`),
        hottest: ((await readList(bucket, { id: 'hottest_leads' }, asOf))?.entries ?? []).map(
          ({ key }) => key,
        ),
        isArchived: await archiveNames(bucket, crm, gone.erased),
      };
    });
  }

  test('what is merged and what is deleted counts nowhere, and the new leads are those that the company made', () => {
    for (const { manifest } of [first, second]) {
      expect(manifest.pulls.filter(({ status }) => status === 'failed')).toEqual([]);
      expect(manifest.broken).toEqual([]);
    }
    expect(first.status).toEqual({ merged: 'open', deleted: 'open', erased: 'open', deal: 'open' });
    expect(second.status).toEqual({
      merged: 'merged',
      deleted: DELETED[crm],
      erased: 'lost',
      deal: 'deleted',
    });
    expect(company.newLeads).toBeGreaterThan(0);
    expect(second.figures).toContain(`new_leads|${SECOND}|day|current|||${company.newLeads}||count|ok`);
  });

  test('who is erased is emptied in the lake, on no list any more, and in no answer that is kept', () => {
    expect(first.hottest).toContain(company.gone.erased);
    expect(first.person[0]).toBeNull();
    expect(first.person.filter((cell) => cell !== null).length).toBeGreaterThan(4);
    expect(first.isArchived).toBe(true);
    expect(second.hottest.length).toBeGreaterThan(10);
    expect(second.hottest).not.toContain(company.gone.erased);
    expect(second.person).toEqual([SECOND, ...PERSONAL.map(() => null)]);
    expect(second.isArchived).toBe(false);
  });
});
