import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Context } from '../../../cli/context.ts';
import { duckDbView } from '../../../cli/export/duckdb-view.ts';
import { writeParquet } from '../../../cli/export/write-table.ts';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { Kpi } from '../../../functions/lake/catalogue/kpi.ts';
import { recordLabels } from '../../../functions/lake/catalogue/labels.ts';
import type { FigureColumns } from '../../../functions/lake/snapshot/columns.ts';
import { compactMonth } from '../../../functions/lake/snapshot/compact.ts';
import { FIGURE_COLUMNS, type FigureRow } from '../../../functions/lake/snapshot/figures-table.ts';
import { type DayFigures, recordFigures } from '../../../functions/lake/snapshot/store.ts';
import { sqlText } from '../../../functions/lake/values/sql-text.ts';
import { figureRows, told } from '../../../functions/measure/figures-table/figure-rows.ts';
import { renewFiguresTable } from '../../../functions/measure/figures-table/renew-table.ts';
import { queryRows } from '../../../functions/platform/engine.ts';
import { duckDbEngine, literalPath } from '../../../functions/platform/local/duckdb-engine.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { runs } from '../../kit/runs.ts';

const catalogue = loadCatalogue();
const kpis = ['net_revenue', 'average_order_value'].map((id) => catalogue.kpi(id));
const DAYS = ['2026-02-28', '2026-03-01', '2026-03-31'];
const HOSTILE = ["O'Neill", '=1+1', '-2+3', 'a,b', 'é"è', '__proto__', '100001'];

const number = fc.option(
  fc.oneof(fc.bigInt(-5n, 5n), fc.bigInt(-(10n ** 36n), 10n ** 36n), fc.bigInt(-(10n ** 15n), 10n ** 15n)),
  { freq: 4 },
);
/** A figure: total or member, of a window that the KPI has, or of one that it has no more. */
const figure = fc.record({
  period: fc.constantFrom('day', 'mtd', 'gone'),
  dimension: fc.constantFrom(null, 'channel', 'forgotten'),
  member: fc.constantFrom(...HOSTILE),
  numerator: number,
  denominator: number,
});
/** What one run records: of each KPI some days, each with its figures; a day without any had nothing. */
const delivery = fc.dictionary(fc.constantFrom(...DAYS), fc.array(figure, { maxLength: 4 }), { minKeys: 1 });
const history = fc.array(fc.record({ kpi: fc.nat(1), told: delivery, compacts: fc.boolean() }), {
  minLength: 1,
  maxLength: 6,
});

type Told = { [day: string]: (typeof figure extends fc.Arbitrary<infer F> ? F : never)[] };

const columnsOf = (rows: Told[string]): FigureColumns => ({
  period: rows.map((row) => row.period),
  comparison: rows.map(() => 'current'),
  dimension: rows.map((row) => row.dimension),
  member: rows.map((row) => (row.dimension === null ? null : row.member)),
  numerator: rows.map((row) => row.numerator),
  denominator: rows.map((row) => row.denominator),
});

/** One figure a place. */
const distinct = (rows: Told[string]): Told[string] => [
  ...new Map(
    rows.map((row) => [`${row.period} ${row.dimension} ${row.dimension && row.member}`, row]),
  ).values(),
];

const text = (rows: readonly object[]): string[] =>
  rows
    .map((row) => JSON.stringify(FIGURE_COLUMNS.map((name) => plain(name, (row as FigureRow)[name]))))
    .toSorted();

/** A number as it is, whatever wrote it: `1.500000` and `1.5`, an instant with or without its fraction. */
function plain(name: string, value: string | number | null): string | number | null {
  if (value === null || typeof value === 'number') return value;
  if (name === 'recorded_at') return Date.parse(value);
  if (!['numerator', 'denominator'].includes(name) || !value.includes('.')) return value;
  return value.replace(/\.?0+$/, '') || '0';
}

test('numbers are told apart by what they are, not by how many of their zeros are written', () => {
  expect(plain('numerator', '1862645149230957031250')).not.toBe(plain('numerator', '186264514923095703125'));
  expect(plain('numerator', '-10.000000')).toBe(plain('numerator', '-10'));
  expect(plain('numerator', '0.000000')).toBe('0');
});

test('view and table have what was recorded last of every day, whatever was recorded, restated and compacted before', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (deliveries) => {
      const folder = mkdtempSync(join(tmpdir(), 'vigie-[view]-'));
      const bucket = fileBucket(folder);
      const context = {
        company: { company: { currency: 'CHF' }, kpis: { windows_off: [], off: {} } },
        ...{ catalogue, platform: { bucket } },
      } as unknown as Context;
      const last = new Map<string, Told[string]>();
      for (const [nth, { kpi, told: days, compacts }] of deliveries.entries()) {
        const { id, unit } = kpis[kpi] as (typeof kpis)[number];
        const recorded = Object.keys(days)
          .toSorted()
          .map((asOf): DayFigures => {
            const rows = distinct(days[asOf] ?? []);
            last.set(`${id} ${asOf}`, rows);
            return { asOf, quality: 'ok', figures: columnsOf(rows) };
          });
        // The instant is the same on purpose: which recording is newest says its version.
        await recordFigures(bucket, {
          kpi: id,
          unit,
          run: `r${nth}`,
          recordedAt: '2026-04-01T05:00:00.000Z',
          days: recorded,
        });
        await recordLabels(
          bucket,
          { id },
          new Map([['channel', new Map([['100001', `Name ${nth}`]])]]),
          `2026-04-0${nth + 1}`,
        );
        await renewFiguresTable(context, kpis[kpi] as Kpi, Object.keys(days));
        if (compacts) for (const month of ['2026-02', '2026-03']) await compactMonth(bucket, id, month);
      }

      const rows: FigureRow[] = [];
      for await (const some of figureRows(context, { kpis })) rows.push(...some);
      const shown = [...last].flatMap(([place, figures]) =>
        figures
          .filter(({ period, dimension }) => period !== 'gone' && dimension !== 'forgotten')
          .map(({ numerator, denominator }) => `${place} ${numerator} ${denominator}`),
      );
      const scaled = (value: string | null): string => (value === null ? 'null' : String(exact(value)));
      expect(
        rows
          .map((row) => `${row.kpi} ${row.as_of} ${scaled(row.numerator)} ${scaled(row.denominator)}`)
          .toSorted(),
      ).toEqual(shown.toSorted());

      const engine = duckDbEngine({ bucket });
      try {
        await engine.execute(
          duckDbView({
            stateFolder: folder,
            file: 'v.sql',
            currency: 'CHF',
            hasLabels: true,
            kpis: kpis.map((kpi) => told(context, kpi)),
          }),
        );
        expect(text(await queryRows(engine, 'SELECT * FROM figures'))).toEqual(text(rows));
        // Members have the names of the day on which a month was written.
        const nameless = (all: readonly object[]) => text(all.map((row) => ({ ...row, member_name: null })));
        const kept = sqlText(`${literalPath(folder)}/figures/*/*.parquet`);
        expect(nameless(await queryRows(engine, `SELECT * FROM read_parquet(${kept})`))).toEqual(
          nameless(rows),
        );
        const file = join(mkdtempSync(join(tmpdir(), 'vigie-table-')), 'figures.parquet');
        expect(await writeParquet(file, figureRows(context, { kpis }))).toBe(rows.length);
        expect(text(await queryRows(engine, `SELECT * FROM '${file}'`))).toEqual(text(rows));
      } finally {
        await engine.close();
      }
    }),
    { numRuns: runs(8) },
  );
});

/** Exact decimal text, times 10^6. */
function exact(value: string): bigint {
  const [whole = '0', part = ''] = value.replace('-', '').split('.');
  const size = BigInt(whole + part.padEnd(6, '0'));
  return value.startsWith('-') ? -size : size;
}
