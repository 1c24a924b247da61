import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../functions/lake/catalogue/catalogue.ts';
import type { Engine } from '../../functions/platform/engine.ts';
import { audiencePeople, audiencesOfDid, consentCases, did, said } from '../kit/audience-cases.ts';
import { testEngine } from '../kit/test-engine.ts';

const catalogue = loadCatalogue();
let engine: Engine;
beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

/** C1 viewed P1. */
const { sessions = [], page_views = [] } = did;
const viewed = { sessions: sessions.slice(0, 1), page_views: page_views.slice(0, 1) };

describe('on an audience are those who', () => {
  test.each(audiencesOfDid)('%s', async (_, audience, expected) => {
    const people = await audiencePeople(engine, audience, did, catalogue);
    expect(people.email.toSorted()).toEqual(expected.map((who) => `h-${who}`));
    expect(people.google.toSorted()).toEqual(expected.map((who) => `g-${who}`));
  });

  test('have a hash that the vendor matches by', async () => {
    const consents = [said('ada', 'C1', '02', true, { google_email_hash: null })];
    expect(await audiencePeople(engine, {}, { ...viewed, consents }, catalogue)).toEqual({
      email: ['h-ada'],
      google: [],
    });
  });
});

test.each(consentCases)(
  'of whoever looked, nobody is found but with consent: %s',
  async (_, consents, expected) => {
    const { email } = await audiencePeople(engine, {}, { ...viewed, consents }, catalogue);
    expect(email.toSorted()).toEqual(expected.map((who) => `h-${who}`));
  },
);

describe('a wrong recipient makes an audience void', () => {
  const consents = [
    said('ada', 'C1', '02', true),
    said('bob', 'C1', '02', true),
    said('bob', 'C1', '03', false),
  ];

  test.each([
    ['withdrawals are overlooked', 'place = 1 AND granted', 'granted'],
    ['refusals are overlooked', 'place = 1 AND granted', 'place = 1'],
    ['the oldest statement counts', 'said_at DESC', 'said_at'],
  ])('where the view is wrong: %s', async (_, right, wrong) => {
    const views = catalogue.views.map((view) =>
      view.name === 'standing_consents' ? { ...view, sql: view.sql.replace(right, wrong) } : view,
    );
    expect(views).not.toEqual(catalogue.views);
    await expect(
      audiencePeople(engine, {}, { ...viewed, consents }, { ...catalogue, views }),
    ).rejects.toMatchObject({
      code: 'AUDIENCE_WRONG_RECIPIENT',
      message: '1 of those who would be on looked have not agreed to ads',
    });
  });

  test('where somebody is put among them on the way', async () => {
    const injected: Engine = {
      ...engine,
      query: (sql, options) =>
        engine.query(
          options?.label === 'audience looked' ? `${sql} UNION ALL SELECT 'h-eve', NULL` : sql,
          options,
        ),
    };
    await expect(audiencePeople(injected, {}, { ...viewed, consents }, catalogue)).rejects.toMatchObject({
      code: 'AUDIENCE_WRONG_RECIPIENT',
    });
  });
});
