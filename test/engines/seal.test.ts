import { expect, test } from 'vitest';
import { trinoEngine } from '../kit/trino-engine.ts';
import type { Asked } from './asked.ts';
import { chosen, PARTS, partAt, partNow } from './choice.ts';
import type { Filling } from './history.ts';
import { sealOf, tablesOf } from './seal.ts';

const { dialect } = trinoEngine({ url: 'none', schema: 'vigie_12_abc_1_lake' });
const { dialect: ofAnotherRun } = trinoEngine({ url: 'none', schema: 'vigie_34_def_2_lake' });

const askedIn = ({ table }: typeof dialect, words = 'count(*)'): Asked => ({
  kind: 'kpis',
  id: 'orders',
  statements: [`SELECT ${words} FROM ${table('orders')} JOIN ${table('customers')} USING (customer_id)`],
});
const asked = askedIn(dialect);
const fillings: readonly Filling[] = [{ from: '2026-01-01', to: '2026-11-21', whole: true }];
const figures = { bytes: [100, 200], stages: 3 };
const seal = sealOf({ dialect, fillings }, asked, figures);

test('a seal is of statement, rows and figures, and not of the database that a run made', () => {
  expect(tablesOf(dialect, asked)).toEqual(['customers', 'orders']);
  expect(sealOf({ dialect: ofAnotherRun, fillings }, askedIn(ofAnotherRun), figures)).toBe(seal);
  expect(sealOf({ dialect, fillings }, askedIn(dialect, 'sum(1)'), figures)).not.toBe(seal);
  expect(
    sealOf({ dialect, fillings: [...fillings, { from: '2025-01-01', to: '2025-12-31' }] }, asked, figures),
  ).not.toBe(seal);
});

test('a figure written by hand breaks its seal', () => {
  expect(sealOf({ dialect, fillings }, asked, { stages: 3, bytes: [100, 200] })).toBe(seal);
  expect(sealOf({ dialect, fillings }, asked, { ...figures, bytes: [100, 201] })).not.toBe(seal);
  expect(sealOf({ dialect, fillings }, asked, { ...figures, stages: 2 })).not.toBe(seal);
});

const many: Asked[] = Array.from({ length: 95 }, (_, at) => ({ kind: 'kpis', id: `k${at}`, statements: [] }));
const facts = { holds: () => true, tablesOf: ({ id }: Asked) => [`t${Number(id.slice(1)) % 7}`] };
const again = (part: number | 'all', known = facts) =>
  [...chosen(many, part, known)].filter(([, why]) => why === 'again').map(([{ id }]) => id);

test('each is in one part; a part has its thirteenth, whose tables are mostly the same', () => {
  const parts = Array.from({ length: PARTS }, (_, part) => again(part));
  expect(parts.flat().sort()).toEqual(many.map(({ id }) => id).sort());
  for (const part of parts) {
    expect(part.length).toBeGreaterThan(0);
    expect(part.length).toBeLessThanOrEqual(Math.ceil(many.length / PARTS));
  }
  expect(new Set(again(0).flatMap((id) => facts.tablesOf({ id } as Asked))).size).toBe(1);
  expect(again('all')).toHaveLength(many.length);
});

test('what does not hold is measured, whatever the part', () => {
  const known = { ...facts, holds: ({ id }: Asked) => id !== 'k1' };
  for (let part = 0; part < PARTS; part += 1)
    expect([...chosen(many, part, known)].find(([{ id }]) => id === 'k1')?.[1]).toBe('changed');
});

test('a commit an hour, and a commit a day at one hour, go through all parts', () => {
  const every = (hours: number) =>
    Array.from({ length: PARTS }, (_, at) =>
      partAt(new Date(Date.UTC(2026, 10, 21, 9) + at * hours * 3_600_000)),
    );
  expect(new Set(every(1)).size).toBe(PARTS);
  expect(new Set(every(24)).size).toBe(PARTS);
});

test('VIGIE_BYTES says which part, or all; anything else is told', () => {
  expect(partNow('all')).toBe('all');
  expect(partNow('12')).toBe(12);
  expect(() => partNow('13')).toThrow('VIGIE_BYTES is 13; allowed are `all` and the parts from 0 to 12');
  expect(() => partNow('some')).toThrow('VIGIE_BYTES is some');
});
