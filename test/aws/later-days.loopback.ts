import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { resolvedCompany } from '../../functions/lake/company/resolved.ts';
import { deploymentOf, LIVE, toPush } from '../../functions/lake/run/live-company.ts';
import type { FigureRow } from '../../functions/lake/snapshot/figures-table.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { figureRows } from '../../functions/measure/figures-table/figure-rows.ts';
import { writeJson } from '../../functions/platform/bucket.ts';
import { queryRows } from '../../functions/platform/engine.ts';
import { fileBucket } from '../../functions/platform/local/file-bucket.ts';
import type { Walked } from '../../infra/state-machine/walk.ts';
import { figureLines } from '../kit/aws/outcome.ts';
import { deliver, type TestStack, testStack } from '../kit/aws/stack.ts';
import { localRun } from '../kit/local-run.ts';
import { tinyCompany, writeDay } from '../kit/tiny-company.ts';

/**
 * A stage of a deployed company, three mornings: all goes well; an order comes again with another date while Athena cuts both
 * MERGEs off; and the same day again, when somebody has cut what was pushed.
 */
const KPIS = ['net_revenue', 'orders'];
const FIRST = '2026-03-10';
const SECOND = '2026-03-11';
const TESTER = 'tester@example.com';
const PUSHED = 'pushed@example.com';
/** A0 of the 1st of March, for 100: delivered again, dated in another month. */
const MOVED = 'A0,1,2026-02-27,C1,web,P1,2,100\n';
const CUT = { reason: 'Query timeout', error: { ErrorCategory: 1, ErrorType: 233 } };

interface Morning {
  readonly walked: Walked;
  readonly mails: readonly { readonly to: string; readonly text: string }[];
  readonly published: TestStack['published'];
}

let stack: TestStack;
let good: Morning;
let cut: Morning;
let mended: Morning;
let modelled: string[];

/** An execution, and whom it told what. */
async function morning(date: string): Promise<Morning> {
  const [sent, told] = [stack.mail.mails.length, stack.published.length];
  const walked = await stack.execute({ date });
  const mails = stack.mail.mails.slice(sent).map(({ to, raw }) => ({
    to: to.join(),
    text: Buffer.from(raw)
      .toString('utf8')
      .replaceAll(/=\r?\n/g, ''),
  }));
  return { walked, mails, published: stack.published.slice(told) };
}

beforeAll(async () => {
  const off = loadCatalogue().kpis.map(({ id }) => id);
  const { folder, config, firstDay } = await tinyCompany(off.filter((id) => !KPIS.includes(id)));
  await appendFile(
    config,
    `delivery: { from: Vigie <vigie@example.com> }
aws: { figures_table: true, stages: { test: { recipients: [{ email: ${TESTER}, language: en, roles: [executive, ops] }] } } }
`,
  );
  stack = await testStack({
    ...{ motoUrl: inject('motoUrl'), trinoUrl: inject('trinoUrl') },
    ...{ config, folder, stage: 'test', listens: true },
  });
  good = await morning(FIRST);

  writeDay(folder, firstDay, 10);
  await appendFile(join(folder, 'exports', `sales_${SECOND}.csv`), MOVED);
  await deliver(stack, folder);
  await push();
  stack.athena.faults.fail.push(
    { ...CUT, only: /^MERGE INTO\s+"?\w*"?\.?"?orders"?\b/i, worked: true },
    { ...CUT, only: /^MERGE INTO\s+"?\w*"?\.?"?order_lines"?\b/i },
  );
  cut = await morning(SECOND);

  const whole = Buffer.from(await stack.bucket.read(LIVE)).toString('utf8');
  await stack.bucket.write(LIVE, whole.slice(0, whole.length / 2));
  mended = await morning(SECOND);

  const state = join(folder, '.vigie');
  for (const asOf of [FIRST, SECOND])
    await localRun({ config, state, asOf, at: `${addDays(asOf, 1)}T06:00:00Z` });
  modelled = await figureLines(fileBucket(state), KPIS, SECOND, SECOND);
});
afterAll(() => stack?.close());

/** What `vigie config push` would put into the bucket: one more reader. */
async function push(): Promise<void> {
  const { company } = stack;
  const [tester] = company.recipients;
  if (tester === undefined) throw new Error('the stage has no reader');
  const recipients = [...company.recipients, { ...tester, email: PUSHED }];
  const live = toPush({ ...company, recipients }, company, deploymentOf(resolvedCompany(company)));
  await writeJson(stack.bucket, LIVE, live);
}

describe('a stage with recipients of its own', () => {
  test('mails them, and none of the company’s', () => {
    expect(good.walked).toMatchObject({ status: 'succeeded' });
    expect(good.mails.length).toBeGreaterThan(0);
    const told = [good, cut, mended].flatMap(({ mails }) => mails.map(({ to }) => to));
    expect([...new Set(told)].sort()).toEqual([PUSHED, TESTER]);
    expect([...new Set(good.mails.map(({ to }) => to))]).toEqual([TESTER]);
  });

  test('tells its two topics of the alert: text for tools, the chat in the form that Amazon Q takes', () => {
    const [text, chat, ...more] = good.published.toSorted((a, b) => (a.topic < b.topic ? -1 : 1));
    expect(more).toEqual([]);
    expect([text?.topic, chat?.topic]).toEqual(['alerts', 'chat']);
    expect(text?.message).toContain('Above its limit of €560.00');
    expect(JSON.parse(chat?.message ?? '')).toMatchObject({
      version: '1.0',
      source: 'custom',
      content: { textType: 'client-markdown', keywords: ['alert'] },
      metadata: { threadId: `vigie-${FIRST}` },
    });
  });
});

describe('an order that comes again with another date, while Athena cuts both MERGEs off', () => {
  /** What operators read of a morning. */
  const opsMail = ({ mails }: Morning, to: string): string =>
    mails.find((mail) => mail.to === to && /<ops\./.test(mail.text))?.text ?? '';

  test('the run goes on; operators read which load failed, why and what to do', () => {
    expect(stack.athena.faults.fail).toEqual([]);
    expect(cut.walked).toMatchObject({ status: 'succeeded' });
    for (const to of [TESTER, PUSHED])
      for (const table of ['orders', 'order_lines'])
        expect(opsMail(cut, to)).toContain(`load ${table} from erp: Query timeout`);
    expect(opsMail(cut, TESTER)).toContain('drop a year or less at once');
  });

  test('the next run loads both, and nothing is there twice: not what had been written, nor what moved', async () => {
    expect(mended.walked).toMatchObject({ status: 'succeeded' });
    expect(opsMail(mended, TESTER)).not.toContain('Query timeout');
    const held = (table: string) =>
      queryRows(
        stack.engine,
        `SELECT COUNT(*) AS documents, COUNT(DISTINCT order_id) AS known, CAST(MIN(ordered_on) AS varchar) AS first FROM ${table}`,
      );
    const all = [{ documents: 22, known: 22, first: '2026-02-27' }];
    expect([await held('orders'), await held('order_lines')]).toEqual([all, all]);
  });

  test('and has the figures of a machine on which nothing went wrong', async () => {
    const figures = await figureLines(stack.bucket, KPIS, SECOND, SECOND);
    // 3,750 of the ten days, without the 100 that moved to February, with 650 of the eleventh.
    expect(figures).toContain(`net_revenue|${SECOND}|mtd|current|||4300||currency|ok`);
    expect(figures).toEqual(modelled);
  });

  test('so has the table that BI tools read through Athena: every figure, newest recording only', async () => {
    const { bucket, company } = stack;
    const rows: object[] = [];
    const catalogue = loadCatalogue();
    const of = { company, platform: { bucket } };
    for await (const some of figureRows(of, { kpis: KPIS.map((id) => catalogue.kpi(id)) }))
      rows.push(...some);
    const held: object[] = [];
    for await (const { key } of bucket.list('figures/')) {
      const bytes = await bucket.read(key);
      if (key.endsWith('.parquet'))
        held.push(...(await parquetReadObjects({ file: Uint8Array.from(bytes).buffer, compressors })));
    }
    const places = (all: readonly object[]): string[] =>
      (all as FigureRow[])
        .map(({ kpi, as_of, period, comparison, dimension, member, value, run }) =>
          [
            kpi,
            new Date(as_of).toISOString(),
            period,
            comparison,
            dimension ?? null,
            member ?? null,
            value ?? null,
            run,
          ].join('|'),
        )
        .toSorted();
    expect(rows.length).toBeGreaterThan(20);
    expect(places(held)).toEqual(places(rows));
  });

  test('what was pushed and then cut is not taken: the last good one counts, and operators are told', () => {
    expect(mended.mails.map(({ to }) => to).sort()).toEqual([PUSHED, TESTER]);
    for (const to of [PUSHED, TESTER]) {
      expect(opsMail(mended, to)).toContain(`${LIVE}: it is not whole JSON`);
      expect(opsMail(mended, to)).toContain('vigie config push --stack NAME');
    }
    expect(opsMail(cut, TESTER)).not.toContain(LIVE);
  });

  test('no function asks S3 for what its policy does not allow', () => {
    expect(stack.denied).toEqual([]);
  });
});
