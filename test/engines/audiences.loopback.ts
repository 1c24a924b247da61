import { describe, expect, inject, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import { audiencePeople, audiencesOfDid, consentCases, did } from '../kit/audience-cases.ts';
import { trinoEngine } from '../kit/trino-engine.ts';

const catalogue = loadCatalogue();
const engine = trinoEngine({ url: inject('trinoUrl') });

/** One case, and all of consent, of test/measure/audience-people.test.ts on the engine whose SQL Athena speaks: other statements differ in a word. */
describe.concurrent('on an audience, on Trino, are those who', () => {
  const once = audiencesOfDid.filter(([name]) => name === 'compared');
  test.each(once)('%s', async (_, audience, expected) => {
    const people = await audiencePeople(engine, audience, did, catalogue);
    expect(people.email.toSorted()).toEqual(expected.map((who) => `h-${who}`));
  });

  test('agree, of all statements at once', async () => {
    // Every case is a customer of its own, and its people are called after it.
    const kept = consentCases.map(([, rows, expected], at) => {
      const own = (name: unknown) => `${name}-${at}`;
      const moved = rows.map((row) => ({
        ...row,
        person: own(row['person']),
        email_hash: own(row['email_hash']),
        google_email_hash: null,
        customer_id: row['customer_id'] === 'C1' ? own('C') : null,
      }));
      return { moved, expected: expected.map((who) => own(`h-${who}`)), customer: own('C') };
    });
    const given = {
      consents: kept.flatMap(({ moved }) => moved),
      sessions: kept.map(({ customer }) => ({
        ...{ session_id: customer, customer_id: customer, started_on: '2026-11-20', consented: true },
      })),
      page_views: kept.map(({ customer }) => ({
        ...{ session_id: customer, viewed_on: '2026-11-20', kind: 'product', product_id: 'P1' },
      })),
    };
    const people = await audiencePeople(engine, {}, given, catalogue);
    expect(people).toEqual({ email: expect.any(Array), google: [] });
    expect(people.email.toSorted()).toEqual(kept.flatMap(({ expected }) => expected).toSorted());
  });
});
