import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindNames } from '../../cli/source-kinds.ts';
import { vendorKinds } from '../../sandbox/vendors/makers.ts';
import { isRecorded } from '../contracts/recording.ts';
import { type SmallCompany, smallCompany } from './company.ts';
import { type FieldTrial, fieldTrial } from './fields.ts';

const only = process.env['VIGIE_CHAOS_KIND'];
const kinds = kindNames()
  .filter((kind) => only === undefined || only.split(',').includes(kind))
  .filter((kind) => isRecorded(kind) || vendorKinds().includes(kind));

let company: SmallCompany;
beforeAll(async () => {
  company = await smallCompany();
}, 600_000);

describe.each(kinds)('a vendor of kind %s that changes a field', (kind) => {
  let trial: FieldTrial;
  beforeAll(async () => {
    trial = await fieldTrial(company, kind);
  }, 600_000);
  afterAll(() => trial?.close());

  test.each(['renamed', 'wrapped'] as const)(
    '%s: the rows are as before, or the source fails',
    async (how) => {
      expect(trial.quiet.report.status).toBe('ok');
      const wrong: string[] = [];
      for (const field of trial.fields) {
        const { report, rows, strays } = await trial.pull(field, how);
        const where = `${field.list.replace(/ -?\d+$/, '')} ${field.name}`;
        for (const stray of strays) wrong.push(`${where}: asked astray: ${stray.slice(0, 200)}`);
        for (const [table, found] of rows) {
          const right = trial.quiet.rows.get(table) ?? [];
          const more = found.filter((row) => !right.includes(row));
          if (more.length > 0) wrong.push(`${where}: ${table}: ${more[0]?.slice(0, 300)}`);
          else if (report.status !== 'failed' && found.length !== right.length)
            wrong.push(`${where}: ${table}: ${found.length} rows of ${right.length}`);
        }
        if (report.status !== 'failed' && rows.size !== trial.quiet.rows.size)
          wrong.push(`${where}: tables lost`);
      }
      console.info(`${kind}: ${trial.fields.length} fields ${how}`);
      expect(wrong).toEqual([]);
    },
    600_000,
  );
});
