import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { companySchema } from '../../functions/lake/company/company.ts';
import { audienceParts, readAudience } from '../../functions/lake/snapshot/audience.ts';
import type { Finding } from '../../functions/lake/snapshot/finding.ts';
import { addDays } from '../../functions/lake/values/day.ts';
import { ensureTables } from '../../functions/load/ensure-tables.ts';
import { loadBatch } from '../../functions/load/load-batch.ts';
import { audienceOf, recordAudiences } from '../../functions/measure/audiences.ts';
import { runs } from '../kit/runs.ts';
import { tables } from '../kit/tables.ts';
import { land } from '../load/landing.ts';
import { localWorld } from '../load/world.ts';

const world = localWorld();
afterAll(world.close);
const catalogue = loadCatalogue();

const company = (audiences: object) =>
  companySchema.parse({
    company: { name: 'Any', time_zone: 'Europe/Paris', currency: 'EUR' },
    sources: [{ kind: 'files', name: 'crm', feeds: [{ table: 'consents', path: 'c.csv', columns: {} }] }],
    audiences,
  });
const LOOKED = { looked: { did: 'viewed', purpose: 'ads', days: 2, vendors: ['google', 'meta'] } };

let times = 0;
const run = async (
  asOf: string,
  more: { audiences?: object; findings?: readonly Finding[]; lost?: string[] } = {},
) => {
  times += 1;
  const { audiences = LOOKED, findings = [], lost = [] } = more;
  const about = { run: `r${times}`, asOf };
  return recordAudiences(world, { company: company(audiences), catalogue, run: about, findings, lost });
};

interface Statement {
  readonly who: string;
  readonly at: number;
  readonly granted: boolean;
}
const FIRST = '2026-11-20';
const state = async (statements: readonly Statement[]) => {
  times += 1;
  const rows = statements.map(({ who, at, granted }) => ({
    ...{ person: `p-${who}`, purpose: 'ads', said_at: `2026-11-0${at}T09:00:00Z`, granted },
    ...{ customer_id: who, email_hash: `h-${who}`, google_email_hash: `g-${who}` },
  }));
  await loadBatch(
    world,
    await land(world.bucket, 'consents', rows, { run: `r${times}`, source: 'crm' }),
    tables,
  );
};
const look = async (who: string, day: string) => {
  times += 1;
  await world.engine.execute(
    `INSERT INTO lake.sessions (session_id, property, started_on, session_count, customer_id, consented) VALUES ('s${times}', 'shop', DATE '${day}', 1, '${who}', true)`,
  );
  await world.engine.execute(
    `INSERT INTO lake.page_views (page_view_id, session_id, property, viewed_on, kind, product_id) VALUES ('v${times}', 's${times}', 'shop', DATE '${day}', 'product', 'P1')`,
  );
};

/** Every file of the audiences, as people would open it. */
const files = async (): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for await (const { key } of world.bucket.list('audiences/'))
    found[key.slice('audiences/'.length)] = new TextDecoder().decode(await world.bucket.read(key));
  return found;
};
/** The hashes of a vendor's file, behind its header. */
const hashesOf = (all: Record<string, string>, name: string): string[] =>
  (all[name] ?? 'no such file\nno such file\n').trimEnd().split('\n').slice(1);

const empty = async () => {
  for (const table of ['consents', 'sessions', 'page_views'])
    await world.engine.execute(`DELETE FROM lake.${table}`);
  for await (const { key } of world.bucket.list('audiences/')) await world.bucket.remove(key);
};
beforeAll(() => ensureTables(world, tables.all));
beforeEach(empty);

describe('an audience', () => {
  test('has a file of each vendor and part, with its header and hashes in its form, and nothing of the day before', async () => {
    await state([{ who: 'ada', at: 1, granted: true }]);
    await look('ada', FIRST);
    expect(await run(FIRST)).toEqual([]);
    const next = addDays(FIRST, 1);
    await state([{ who: 'bob', at: 1, granted: true }]);
    await state([{ who: 'ada', at: 2, granted: false }]);
    await look('bob', next);
    expect(await run(next)).toEqual([]);
    const { [`${next}/looked.json`]: kept, ...csv } = await files();
    expect(csv).toEqual({
      [`${next}/looked/google_added.csv`]: 'Email\ng-bob\n',
      [`${next}/looked/google_all.csv`]: 'Email\ng-bob\n',
      [`${next}/looked/google_removed.csv`]: 'Email\ng-ada\n',
      [`${next}/looked/meta_added.csv`]: 'email\nh-bob\n',
      [`${next}/looked/meta_all.csv`]: 'email\nh-bob\n',
      [`${next}/looked/meta_removed.csv`]: 'email\nh-ada\n',
    });
    expect(JSON.parse(kept as string)).toMatchObject({ audience: 'looked', asOf: next, since: FIRST });
  });

  test('of a day before the newest takes withdrawals off the newest', async () => {
    await state([{ who: 'ada', at: 1, granted: true }]);
    await look('ada', FIRST);
    await run(FIRST);
    await state([{ who: 'ada', at: 2, granted: false }]);
    await run(addDays(FIRST, -3));
    const all = await files();
    expect(hashesOf(all, `${FIRST}/looked/meta_all.csv`)).toEqual([]);
    expect(hashesOf(all, `${FIRST}/looked/meta_removed.csv`)).toEqual(['h-ada']);
  });

  test('goes with its files when vigie.yaml names it no more, and a vendor’s with the vendor', async () => {
    await state([{ who: 'ada', at: 1, granted: true }]);
    await look('ada', FIRST);
    await run(FIRST);
    await run(FIRST, { audiences: { looked: { ...LOOKED.looked, vendors: ['meta'] } } });
    expect(Object.keys(await files()).filter((name) => name.includes('google'))).toEqual([]);
    await run(FIRST, { audiences: {} });
    expect(await files()).toEqual({});
  });

  test('that is damaged begins anew, and says that nothing is known of an earlier one', async () => {
    await state([{ who: 'ada', at: 1, granted: true }]);
    await look('ada', FIRST);
    await run(FIRST);
    await world.bucket.write(`audiences/${FIRST}/looked.json`, '{ "audience": "looked"');
    expect(await run(addDays(FIRST, 1))).toEqual([]);
    expect(await readAudience(world.bucket, 'looked')).toMatchObject({
      since: null,
      people: { email: { all: ['h-ada'], added: ['h-ada'], removed: [] } },
    });
  });
});

describe('where it is not known who agrees, nobody can hand in what was made before', () => {
  const finding = (table: string, severity: 'error' | 'warning'): Finding => ({
    ...{ check: 'pull', severity, table, source: 'crm', lastDate: null, sample: null, hint: null },
    message: `${table} did not arrive`,
  });

  test.each([
    ['their source was not read', { findings: [finding('consents', 'error')] }, 'consents did not arrive'],
    ['the lake lost them', { lost: ['consents'] }, 'the lake has lost them'],
  ])('%s', async (_, more, why) => {
    await state([{ who: 'ada', at: 1, granted: true }]);
    await look('ada', FIRST);
    await run(FIRST);
    expect(await run(addDays(FIRST, 1), more)).toMatchObject([
      { code: 'CONSENTS_UNKNOWN', message: expect.stringContaining(why) },
    ]);
    expect(Object.keys(await files())).toEqual([`${FIRST}/looked.json`]);
    await state([{ who: 'ada', at: 2, granted: false }]);
    expect(await run(addDays(FIRST, 2))).toEqual([]);
    expect(hashesOf(await files(), `${addDays(FIRST, 2)}/looked/meta_removed.csv`)).toEqual(['h-ada']);
  });

  test('but a warning, or an error about something else, holds nothing up', async () => {
    const findings = [finding('consents', 'warning'), finding('orders', 'error')];
    expect(await run(FIRST, { findings })).toEqual([]);
    expect(Object.keys(await files())).toHaveLength(7);
  });
});

const PEOPLE = ['ada', 'bob', 'cyd'] as const;
const who = fc.constantFrom(...PEOPLE);

test('whatever is said, seen and run, in whatever order: nobody without a standing grant is in any file, and files add up', async () => {
  const step = fc.oneof(
    fc.record({ says: who, at: fc.integer({ min: 1, max: 5 }), granted: fc.boolean() }),
    fc.record({ looks: who }),
    fc.record({ runs: fc.integer({ min: 0, max: 2 }) }),
  );
  await fc.assert(
    fc
      .asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
        const said: Statement[] = [];
        const looked: [string, string][] = [];
        const handedIn = { google: new Set<string>(), meta: new Set<string>() };
        let day = FIRST;
        let isFirst = true;
        // The last run of all is of a new day.
        for (const each of [...steps, { runs: 1 }]) {
          if ('says' in each) {
            const statement = { who: each.says, at: each.at, granted: each.granted };
            said.push(statement);
            await state([statement]);
          } else if ('looks' in each) {
            looked.push([each.looks, day]);
            await look(each.looks, day);
          } else {
            day = isFirst ? day : addDays(day, each.runs);
            isFirst = false;
            expect(await run(day)).toEqual([]);
            const expected = PEOPLE.filter((person) => {
              const own = said.filter((one) => one.who === person);
              const last = own.filter(({ at }) => at === Math.max(...own.map((one) => one.at)));
              const agrees = last.length > 0 && last.every(({ granted }) => granted);
              return agrees && looked.some(([by, on]) => by === person && on > addDays(day, -2));
            });
            const all = await files();
            for (const [vendor, letter] of [
              ['google', 'g'],
              ['meta', 'h'],
            ] as const) {
              const of = (part: string) => hashesOf(all, `${day}/looked/${vendor}_${part}.csv`);
              expect(of('all')).toEqual(expected.map((person) => `${letter}-${person}`));
              for (const hash of of('added')) handedIn[vendor].add(hash);
              for (const hash of of('removed')) handedIn[vendor].delete(hash);
              expect([...handedIn[vendor]].sort()).toEqual(of('all'));
            }
            // Who does not agree is in no file but the one that takes them off.
            const elsewhere = Object.entries(all)
              .filter(([name]) => name.endsWith('.csv') && !name.endsWith('_removed.csv'))
              .map(([, text]) => text)
              .join('');
            for (const person of PEOPLE)
              if (!expected.includes(person)) expect(elsewhere).not.toContain(`-${person}`);
          }
        }
      })
      .beforeEach(empty),
    { numRuns: runs(15) },
  );
});

test('files that were handed in or not before the day was made again: after them the vendor has everybody, and nobody else', () => {
  const people = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'));
  const making = fc.record({ people, newDay: fc.boolean(), handedIn: fc.boolean() });
  fc.assert(
    fc.property(fc.array(making, { minLength: 1, maxLength: 6 }), (makings) => {
      let before: Parameters<typeof audienceOf>[0];
      let day = FIRST;
      let vendor = new Set<string>();
      for (const [at, made] of makings.entries()) {
        // What was made last of a day is handed in, whatever became of what was made of it before.
        const isLast = makings[at + 1]?.newDay ?? true;
        if (made.newDay) day = addDays(day, 1);
        const now = audienceOf(
          before,
          { email: made.people, google: [] },
          { audience: 'x', asOf: day, run: 'r' },
        );
        const { all, added, removed } = now.people.email;
        if (isLast || made.handedIn)
          vendor = new Set([...vendor, ...added].filter((hash) => !removed.includes(hash)));
        if (isLast) expect([...vendor].sort()).toEqual(made.people.toSorted());
        expect(all).toEqual(made.people.toSorted());
        expect(audienceParts.map((part) => now.people.google[part])).toEqual([[], [], []]);
        before = now;
      }
    }),
  );
});
