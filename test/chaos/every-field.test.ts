import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindNames } from '../../cli/source-kinds.ts';
import { vendorKinds } from '../../sandbox/vendors/makers.ts';
import { isRecorded } from '../contracts/recording.ts';
import { isItsTurn } from '../kit/turn.ts';
import { ONLY, type SmallCompany, smallCompany } from './company.ts';
import { type FieldPull, type FieldTrial, fieldTrial, type ListField } from './fields.ts';

const PATIENCE_MS = 600_000;
/** `npm run test:chaos` spoils every field, CI some of them in turn, `npm test` one in eight. */
const ONE_IN = process.env['VIGIE_CHAOS_SEEDS'] === undefined ? 8 : 1;
/** Names that a company gives, and no vendor. */
const OWN: Readonly<Record<string, readonly string[]>> = { typeform: ['region', 'customer'] };

const kinds = kindNames()
  .filter((kind) => isRecorded(kind) || vendorKinds().includes(kind))
  .filter((kind) => ONLY === undefined || ONLY.includes(kind));

let company: SmallCompany;
beforeAll(async () => {
  company = await smallCompany();
}, PATIENCE_MS);

/**
 * Chaos by lot finds a field whose loss nobody notices once in a hundred seeds: here each field of each list that a source reads is lost in
 * turn. Read as nothing, it would be a figure without an owner, a stage without its place, a customer without a name.
 */
describe.each(kinds)('a field that %s renames, or gives another form', (kind) => {
  let trial: FieldTrial;
  beforeAll(async () => {
    trial = await fieldTrial(company, kind);
  }, PATIENCE_MS);
  afterAll(() => trial?.close());

  test.each(['renamed', 'wrapped'] as const)(
    '%s: it was not read, or the source fails',
    async (how) => {
      expect(trial.quiet.report.status).toBe('ok');
      const fields = trial.fields.filter(({ name }) => OWN[kind]?.includes(name) !== true);
      const chosen = fields.filter((_, index) => index % ONE_IN === 0 && isItsTurn(index));
      const wrong: string[] = [];
      for (const field of chosen) wrong.push(...wrongIn(field, await trial.pull(field, how), trial.quiet));
      expect(wrong).toEqual([]);
    },
    PATIENCE_MS,
  );
});

/** Rows that nobody would have without the change, rows that are lost without a word, and requests for what is not there. */
function wrongIn({ list, name }: ListField, { report, rows, strays }: FieldPull, quiet: FieldPull): string[] {
  const where = `${list.replace(/ -?\d+$/, '')} ${name}`;
  const failed = report.status === 'failed';
  return [
    ...strays.map((stray) => `${where}: asked astray: ${stray}`),
    ...(failed || rows.size === quiet.rows.size ? [] : [`${where}: tables are missing`]),
    ...[...rows].flatMap(([table, found]) => {
      const right = quiet.rows.get(table) ?? [];
      const other = found.find((row) => !right.includes(row));
      if (other !== undefined) return [`${where}: ${table}: ${other}`];
      return failed || found.length === right.length
        ? []
        : [`${where}: ${table}: ${found.length} rows of ${right.length}`];
    }),
  ];
}
