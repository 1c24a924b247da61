import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../../../functions/lake/values/day.ts';
import { source as definition } from '../../../../functions/pull/sources/ga4/source.ts';
import { runs } from '../../../kit/runs.ts';
import { fakeWeb } from '../../api/web.ts';
import { apiWorld, sourceOf } from '../../api/world.ts';
import { report } from './asking.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const secrets = { ga4: JSON.stringify({ client_email: 'vigie@example.iam', private_key: privateKey }) };

const LOOK_BACK = 5;
const START = '2026-11-02';

/** What Google says of a day: sessions by page; a page may come, go and change. */
const day = fc.dictionary(fc.constantFrom('/', '/p/1', '/p/2', '/c/x'), fc.integer({ min: 1, max: 99 }));
/** Some mornings: on each, what is said of yesterday and of some days before it that are worked on still. */
const mornings = fc.array(
  fc.record({ yesterday: day, before: fc.array(fc.option(day), { maxLength: LOOK_BACK - 1 }) }),
  {
    minLength: 1,
    maxLength: 6,
  },
);

test(
  'restated, emptied and re-sent days end in Google’s last word',
  async () => {
    await fc.assert(
      fc.asyncProperty(mornings, fc.constantFrom(1, 3, 7), async (told, daysAtOnce) => {
        const said = new Map<string, Record<string, number>>();
        const web = fakeWeb((request, url) => {
          if (url.pathname === '/token')
            return { body: { access_token: 'a-token-of-google', expires_in: 3599 } };
          const { dateRanges } = JSON.parse(request.body ?? '{}') as {
            dateRanges: { startDate: string; endDate: string }[];
          };
          const [{ startDate = '', endDate = '' } = {}] = dateRanges;
          const rows = [...said]
            .filter(([date]) => date >= startDate && date <= endDate)
            .flatMap(([date, pages]) =>
              Object.entries(pages).map(
                ([page, sessions]) =>
                  [date.replaceAll('-', ''), 'desktop', 'Direct', page, String(sessions), '0', '0'] as const,
              ),
            );
          return { body: report(rows) };
        });
        const world = apiWorld(web.http, { ...secrets });
        try {
          const source = sourceOf(definition, {
            starts_on: START,
            property: '338104927',
            look_back_days: LOOK_BACK,
            days_at_once: daysAtOnce,
          });
          for (const [index, { yesterday, before }] of told.entries()) {
            const asOf = addDays(START, index);
            said.set(asOf, yesterday);
            for (const [back, restated] of before.entries())
              if (restated && back < index) said.set(addDays(asOf, -1 - back), restated);
            world.setNow(`${addDays(asOf, 1)}T06:00:00Z`);
            const pulled = await world.pull(definition, source, { asOf, run: `run-${index}` });
            expect(pulled.problem).toBeUndefined();
            await world.load(pulled);
          }
          const found = await world.rows('sessions', 'started_on, session_id, session_count');
          const wanted = [...said].flatMap(([date, pages]) =>
            Object.entries(pages).map(
              ([page, sessions]) => `338104927|${date}|desktop|Direct|${page} ${sessions}`,
            ),
          );
          expect(found.map((row) => `${row['session_id']} ${row['session_count']}`).sort()).toEqual(
            wanted.sort(),
          );
        } finally {
          await world.close();
        }
      }),
      { numRuns: runs(12) },
    );
  },
  runs(300_000),
);
