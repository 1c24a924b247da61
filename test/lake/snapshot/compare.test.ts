import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FigureColumns, scaledToText } from '../../../functions/lake/snapshot/columns.ts';
import { figureChanges } from '../../../functions/lake/snapshot/compare.ts';
import type { SnapshotRow } from '../../../functions/lake/snapshot/snapshot.ts';

interface Figure {
  readonly period: 'day' | 'mtd';
  readonly member: string | null;
  readonly numerator: bigint | null;
  readonly denominator: bigint | null;
}

const number = fc.option(fc.bigInt({ min: -3n, max: 3n }), { nil: null });
const figure: fc.Arbitrary<Figure> = fc.record({
  period: fc.constantFrom('day', 'mtd'),
  member: fc.option(fc.constantFrom('a', 'b', '"', ''), { nil: null }),
  numerator: number,
  denominator: number,
});
const keyOf = ({ period, member }: { readonly period: string; readonly member: string | null }) =>
  JSON.stringify([period, member]);
const figures = fc.uniqueArray(figure, { selector: keyOf });

const columnsOf = (from: readonly Figure[]): FigureColumns => ({
  period: from.map(({ period }) => period),
  comparison: from.map(() => 'current'),
  dimension: from.map(({ member }) => (member === null ? null : 'region')),
  member: from.map(({ member }) => member),
  numerator: from.map(({ numerator }) => numerator),
  denominator: from.map(({ denominator }) => denominator),
});

const text = (value: bigint | null) => (value === null ? null : scaledToText(value));
const recorded = (from: readonly Figure[]): SnapshotRow[] =>
  from.map(({ period, member, numerator, denominator }) => ({
    kpi: 'k',
    asOf: '2026-03-10',
    period,
    comparison: 'current',
    dimension: member === null ? null : 'region',
    member,
    numerator: text(numerator),
    denominator: text(denominator),
    unit: 'count',
    quality: 'ok',
    version: 1,
    run: 'r',
    recordedAt: '',
  }));

test('what is recorded, with every change made, is what there is now; no change is told twice or for nothing', () => {
  fc.assert(
    fc.property(figures, figures, (before, now) => {
      const changes = figureChanges(recorded(before), columnsOf(now));
      expect(new Set(changes.map(keyOf)).size).toBe(changes.length);
      const changed = new Map(recorded(before).map((row) => [keyOf(row), parts(row)]));
      for (const change of changes) {
        expect(change.now).not.toEqual(change.recorded);
        expect(changed.get(keyOf(change)) ?? null).toEqual(change.recorded);
        if (change.now === null) changed.delete(keyOf(change));
        else changed.set(keyOf(change), change.now);
      }
      expect(changed).toEqual(new Map(recorded(now).map((row) => [keyOf(row), parts(row)])));
    }),
  );
});

test('a day that had nothing is no figure', () => {
  const nothing = { ...recorded([figureOf('day')])[0], period: null } as unknown as SnapshotRow;
  expect(figureChanges([nothing], columnsOf([]))).toEqual([]);
  expect(figureChanges([nothing], columnsOf([figureOf('day')]))).toMatchObject([{ recorded: null }]);
});

test('totals come before members', () => {
  const now = [{ ...figureOf('day'), member: 'a' }, figureOf('mtd')];
  expect(figureChanges([], columnsOf(now)).map(({ member }) => member)).toEqual([null, 'a']);
});

const figureOf = (period: Figure['period']): Figure => ({
  period,
  member: null,
  numerator: 1n,
  denominator: null,
});
const parts = ({ numerator, denominator }: SnapshotRow) => ({ numerator, denominator });
