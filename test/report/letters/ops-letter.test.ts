import { expect, test } from 'vitest';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { opsContent, problemsOf } from '../../../functions/report/letters/ops-letter.ts';
import { mailData } from '../fixtures.ts';

const problem = {
  code: 'STATE_DAMAGED',
  message: 'snapshot/kpi=orders/month=2026-03/x.totals.parquet is damaged: it is empty',
  hint: 'Its figures are computed again by `vigie run --from 2026-03-01 --to 2026-03-31`.',
};
const broken = [{ step: 'report', item: 'figures of orders', problem }] as const;
const messages = (change: Parameters<typeof mailData>[0]) =>
  problemsOf(mailData({ findings: [], ...change }), en).map(({ message, detail }) => `${message} ${detail}`);

test('an older month that only the report could not read is told, with the command that mends it', () => {
  expect(messages({ broken })).toEqual([`report, figures of orders: ${problem.message} ${problem.hint}`]);
});

test('a KPI whose figures of the day cannot be read is told once', () => {
  const nothing = { rows: 0, seconds: 0, bytesScanned: null, kpiVersion: '1' };
  const runs = [{ kpi: 'orders', status: 'failed', ...nothing, problem }] as const;
  expect(messages({ broken, runs })).toEqual([`KPI orders: ${problem.message} ${problem.hint}`]);
});

test('new definitions are news and no failure: who counts otherwise, since when, by which Vigie', () => {
  const before = { asOf: '2026-11-20', vigie: '0.2.0' };
  const data = mailData({
    findings: [],
    redefined: { kpis: ['net_revenue', 'orders'], before, vigie: '0.3.0' },
  });
  const content = opsContent(data, problemsOf(data, en), en);
  expect(content.subject).toBe('2 KPIs are counted otherwise: net_revenue, orders (21 Nov)');
  expect(content.blocks.filter(({ kind }) => kind === 'notice')).toMatchObject([
    {
      title: 'New definitions',
      items: [
        {
          what: 'net_revenue, orders: counted otherwise than on 20 Nov (by Vigie 0.2.0 then, by 0.3.0 now)',
          detail: expect.stringContaining('vigie diff'),
        },
      ],
    },
  ]);
  expect(opsContent(data, problemsOf(data, fr), fr).subject).toContain(
    '2 indicateurs sont comptés autrement',
  );
});

test('beside a failure, the failure leads', () => {
  const before = { asOf: '2026-11-20', vigie: '0.3.0' };
  const redefined = { kpis: ['orders'], before, vigie: '0.3.0' };
  const data = mailData({ findings: [], broken, redefined });
  const content = opsContent(data, problemsOf(data, en), en);
  expect(content.subject).toMatch(/^1 problem in the run: report, figures of orders/);
  const notices = content.blocks.flatMap((block) => (block.kind === 'notice' ? [block.title] : []));
  expect(notices).toEqual(['What failed, where, what to do', 'New definitions', 'Then']);
  expect(JSON.stringify(content.blocks)).not.toContain('by Vigie');
});
