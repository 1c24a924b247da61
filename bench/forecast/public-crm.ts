import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rows } from './rows.ts';

/**
 * The public data set "CRM Sales Opportunities" (Maven Analytics, public domain): `sales_pipeline.csv` and
 * `products.csv` of a folder. An open opportunity has no value there: it is worth its product's list price. It came into
 * its stage on the day it was engaged; those that were not are in no pipeline yet. The CRM's probability is unknown, so
 * the other side is given the share that was really won.
 */
export function publicCrm(folder: string): Rows {
  const prices = new Map(
    csv(readFileSync(join(folder, 'products.csv'), 'utf8')).map((row) => [
      String(row['product']).replaceAll(' ', ''),
      Number(row['sales_price']),
    ]),
  );
  const opportunities = csv(readFileSync(join(folder, 'sales_pipeline.csv'), 'utf8')).filter(
    (row) => row['engage_date'] !== '',
  );
  const closed = opportunities.filter((row) => row['close_date'] !== '');
  const wonShare = closed.filter((row) => row['deal_stage'] === 'Won').length / closed.length;
  const rows = opportunities.map((row) => {
    const stage = row['deal_stage'];
    return {
      deal_id: row['opportunity_id'],
      created_on: day(row['engage_date']),
      status: stage === 'Won' ? 'won' : stage === 'Lost' ? 'lost' : 'open',
      closed_on: row['close_date'] === '' ? null : day(row['close_date']),
      expected_on: null,
      amount:
        stage === 'Won'
          ? row['close_value']
          : String(prices.get(String(row['product']).replaceAll(' ', '')) ?? ''),
      currency: 'EUR',
    };
  });
  const entered = rows.map(({ deal_id, created_on }) => ({
    ...{ kind: 'deal', record_id: deal_id, stage_id: 'engaging', basis: 'history', reason: null },
    ...{ entered_at: `${created_on}T10:00:00Z`, entered_on: created_on },
  }));
  const stage = { pipeline: null, step: 1, outcome: 'open', probability: wonShare.toFixed(6) };
  return {
    deals: rows,
    stage_history: entered,
    // What a won one was worth before it was won is its list price as well.
    deal_amounts: opportunities.flatMap((row) => {
      if (row['deal_stage'] !== 'Won') return [];
      const price = String(prices.get(String(row['product']).replaceAll(' ', '')) ?? '');
      return [
        amountRow(row, day(row['engage_date']), price),
        amountRow(row, day(row['close_date']), row['close_value'] as string),
      ];
    }),
    stages: [{ stage_id: 'engaging', name: 'Engaging', ...stage }],
  };
}

const amountRow = (row: Row, on: string, amount: string) => ({
  ...{ deal_id: row['opportunity_id'], changed_at: `${on}T10:00:00Z`, changed_on: on, basis: 'history' },
  ...{ amount, currency: 'EUR' },
});

type Row = Readonly<Record<string, string>>;

/** `2017-03-01`, or `01-03-17` and `3/1/2017` as copies of the file have it. */
function day(text: string | undefined): string {
  const [a = '', b = '', c = ''] = String(text).split(/[-/]/);
  if (a.length === 4) return `${a}-${b}-${c}`;
  if (c.length === 4) return `${c}-${a.padStart(2, '0')}-${b.padStart(2, '0')}`;
  return `20${c}-${b}-${a}`;
}

/** The file has no quoted field. */
function csv(text: string): Row[] {
  const [head = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
  });
}
