import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { runChecks } from '../../functions/check/run-checks.ts';
import { groupsOf } from '../../functions/check/together.ts';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Check } from '../../functions/lake/catalogue/check.ts';
import type { PullReport } from '../../functions/lake/landing/batch.ts';
import type { Finding } from '../../functions/lake/snapshot/finding.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { VigieError } from '../../functions/platform/errors.ts';
import { tables } from '../kit/tables.ts';
import { AS_OF, companyOf, line, order, pulled, RUN, scene, session } from './scene.ts';

const world = scene();
const { engine, load, reset, close } = world;
beforeEach(reset);
afterAll(close);

const { checks } = loadCatalogue();
const FED = ['orders', 'order_lines', 'customers', 'carts', 'sessions', 'exchange_rates'];
const feeds = FED.map((table) => ({ table, max_age_days: 1 }));

interface Asking {
  /** So many statements in one; absent: each by itself. */
  readonly together?: number;
  readonly pulls?: readonly PullReport[];
  readonly asked?: readonly Check[];
  /** Told of every statement; what it throws is what the engine says. */
  readonly before?: (sql: string, joint: boolean) => void;
}

/** What is found, and what was asked. */
async function ask({ together, pulls = [], asked = checks, before }: Asking = {}) {
  const statements: string[] = [];
  const own: Engine = {
    ...engine,
    dialect: { ...engine.dialect, ...(together === undefined ? {} : { together }) },
    async query(sql, options) {
      statements.push(options?.label ?? '');
      // Whoever asks for several must be able to give them up.
      before?.(sql, options?.signal !== undefined);
      return engine.query(sql, options);
    },
  };
  const company = companyOf(feeds);
  const input = { tables, company, asOf: AS_OF, run: RUN, pulls, kpis: [], checks: asked };
  const { findings } = await runChecks({ ...world, engine: own }, input);
  return { findings, statements };
}

/** A lake in which several subjects of several checks are wrong, some of them twice. */
async function spoiled(): Promise<PullReport> {
  const orders = await load('orders', [
    ...['A', 'B', 'C'].map((id) => order(id, { customer_id: 'gone' })),
    order('old', { ordered_on: '1970-01-01' }),
  ]);
  const lines = await load('order_lines', [
    line('A', '1'),
    line('A', '2', { currency: 'CHF' }),
    line('A', '3', { currency: 'PLN', ordered_on: addDays(AS_OF, -1) }),
    line('lost', '1'),
    line('far', '1', { ordered_on: '2031-01-01' }),
  ]);
  const customers = await load('customers', [{ customer_id: 'C1' }, { customer_id: 'C2' }]);
  const sessions = await load('sessions', [session('s1', addDays(AS_OF, -9), { bounced_session_count: 2 })]);
  await engine.execute(`INSERT INTO lake.orders SELECT * FROM lake.orders WHERE order_id = 'B'`);
  await engine.execute(`INSERT INTO lake.sessions SELECT * FROM lake.sessions`);
  await engine.execute(`DELETE FROM lake.customers WHERE customer_id = 'C2'`);
  return pulled(orders, { ...lines, totals: { ...lines.totals, net_amount: '1.0000' } }, customers, sessions);
}

const idsOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ check }) => check))].sort();

describe('several statements in one', () => {
  test.each([2, 3, 10, 100])('find what each finds by itself, in the same order (%i)', async (together) => {
    const pulls = [await spoiled()];
    const alone = await ask({ pulls });
    expect(idsOf(alone.findings)).toEqual([
      'freshness',
      'implausible_dates',
      'implausible_sessions',
      'lake_totals',
      'landing_totals',
      'missing_exchange_rate',
      'missing_references',
      'part_dates',
      'unique_keys',
    ]);
    const jointly = await ask({ pulls, together });
    expect(jointly.findings).toEqual(alone.findings);
    expect(jointly.statements.length).toBeLessThan(alone.statements.length);
    // A check in one, and the months of batches in two.
    const checksOf = (labels: readonly string[]) =>
      labels.filter((label) => label.startsWith('check ')).map((label) => label.split(' ')[1]);
    if (together === 100) {
      expect(checksOf(jointly.statements)).toEqual([...new Set(checksOf(alone.statements))]);
      expect(jointly.statements).toHaveLength(checksOf(jointly.statements).length + 2);
    }
  });

  test('are asked one by one where one of them fails: it alone is told, and no other is lost', async () => {
    const pulls = [await spoiled()];
    const unreadable = (sql: string) => {
      if (sql.includes('lake.sessions'))
        throw new VigieError('no such file', { code: 'SQL_FAILED', hint: 'Look.' });
    };
    const alone = await ask({ pulls, before: unreadable });
    const broken = alone.findings.filter(({ message }) => message.includes('could not be run'));
    expect(broken.map(({ check, table }) => `${check} ${table}`).sort()).toEqual([
      'freshness sessions',
      'implausible_dates sessions',
      'implausible_sessions sessions',
      'lake_totals sessions',
      'missing_references sessions',
      'unique_keys sessions',
      'volume sessions',
    ]);
    expect(broken.every(({ message, hint }) => message.endsWith('no such file') && hint === 'Look.')).toBe(
      true,
    );
    const jointly = await ask({ pulls, together: 10, before: unreadable });
    expect(jointly.findings).toEqual(alone.findings);
  });

  test('that take too long are given up, and each is asked by itself', async () => {
    const pulls = [await spoiled()];
    const slow = (_: string, joint: boolean) => {
      if (joint) throw new VigieError('stopped', { code: 'SQL_CANCELLED', retryable: true });
    };
    const alone = await ask({ pulls });
    const jointly = await ask({ pulls, together: 10, before: slow });
    expect(jointly.findings).toEqual(alone.findings);
    expect(jointly.statements.length).toBeGreaterThan(alone.statements.length);
  });

  test('never hold another check: one that is broken costs its own alone', async () => {
    await spoiled();
    const [dates] = checks.filter(({ id }) => id === 'implausible_dates');
    if (!dates) throw new Error('the check implausible_dates is gone');
    const broken = { ...dates, id: 'broken', sql: ') SELECT no_such_column FROM lake_rows (' };
    const asked = [broken, ...checks];
    const jointly = await ask({ together: 10, asked });
    expect(jointly.findings).toEqual((await ask({ asked })).findings);
    const without = await ask({ together: 10 });
    const others = (labels: readonly string[]) => labels.filter((label) => !label.startsWith('check broken'));
    expect(others(jointly.statements)).toEqual(without.statements);
  });

  test('tell rows apart by nothing that a check may name so itself', async () => {
    await spoiled();
    const [keys] = checks.filter(({ id }) => id === 'unique_keys');
    if (!keys) throw new Error('the check unique_keys is gone');
    const sql = 'SELECT DISTINCT row_key AS place, source AS part FROM lake_rows ORDER BY row_key';
    const asked = [{ ...keys, sql, message: '{table}: {place} of {part}' }];
    const { findings } = await ask({ together: 10, asked });
    expect(findings).toEqual(expect.arrayContaining([...(await ask({ asked })).findings]));
    expect(findings.map(({ message }) => message)).toContain('customers: C1 of erp');
  });
});

describe('statements are grouped', () => {
  const dialect = { together: 10, maxStatementBytes: 1000 };
  const parts = (count: number, sql = 'SELECT 1') =>
    Array.from({ length: count }, (_, at) => ({ sql, label: String(at) }));
  const sizes = (groups: readonly (readonly unknown[])[]) => groups.map(({ length }) => length);

  test.each([
    [0, []],
    [1, [1]],
    [10, [10]],
    [11, [6, 5]],
    [29, [10, 10, 9]],
  ])('%i into groups of about one size', (count, wanted) => {
    const all = parts(count);
    const groups = groupsOf(all, { ...dialect, maxStatementBytes: 1e6 });
    expect(sizes(groups)).toEqual(wanted);
    expect(groups.flat()).toEqual(all);
  });

  test('within what the engine takes of one statement, in bytes; one that is longer stands by itself', () => {
    // Of 300 bytes each, and some beside.
    expect(sizes(groupsOf(parts(4, 'é'.repeat(150)), dialect))).toEqual([2, 2]);
    expect(sizes(groupsOf(parts(2, 'x'.repeat(2000)), dialect))).toEqual([1, 1]);
  });

  test('by what their columns are, in their order', () => {
    const [one, other, third] = parts(3).map((part, at) => ({
      ...part,
      alike: at === 1 ? 'integer' : 'text',
    }));
    expect(groupsOf([one, third, other] as never, dialect)).toEqual([[one, third], [other]]);
    expect(groupsOf([one, other, third] as never, dialect)).toEqual([[one], [other], [third]]);
  });

  test('not at all where an engine asks for nothing', () => {
    expect(sizes(groupsOf(parts(3), { maxStatementBytes: 1000 }))).toEqual([1, 1, 1]);
  });
});
