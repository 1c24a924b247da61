import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../functions/pull/sources/typeform/diagnose.ts';
import { source } from '../../../../functions/pull/sources/typeform/source.ts';
import { parseRecording } from '../../../contracts/recording.ts';
import { serveRecordings } from '../../../contracts/served-sources.ts';
import { fetchWithoutPause } from '../../api/web.ts';
import { apiWorld } from '../../api/world.ts';
import { answering, answerOf, pagesOf } from '../ad-spend/asking.ts';
import { entityOf, sliceFor } from '../mapped.ts';
import { pageOfSource, undocumented } from '../page.ts';
import { answer, form, keys, mappedOne, number, questions } from './made-up.ts';

const FILE = 'test/pull/sources/typeform/recorded.json';
const recorded = parseRecording(readFileSync(FILE, 'utf8'), FILE);
const settings = source.settings.parse(keys());

describe('Typeform', () => {
  test('of an answer only what is mapped is kept: no text, address, number, browser, other hidden field', async () => {
    const served = await serveRecordings([['typeform', recorded]]);
    const [, { source: asked, secret }] = served.sources[0] as (typeof served.sources)[number];
    const world = apiWorld(fetchWithoutPause(), { [secret?.name ?? '']: secret?.text ?? '' });
    const report = await world.pull(source, asked);
    const kept = [...world.stored().values(), ...world.logged].join('\n');
    await world.close();
    await served.close();
    expect(report.status).toBe('ok');
    const sent = JSON.stringify(recorded.answers);
    for (const private_ of [
      'Monsieur Exemple',
      'nobody-here',
      '+336',
      'Mozilla',
      'a-network',
      'Martine Modele',
    ]) {
      expect(sent).toContain(private_);
      expect(kept).not.toContain(private_);
    }
    expect(kept).toContain('Nord');
  });

  test.each([
    ['above ten', number('nps', 11), 'answers[0].number', 'is not from 0 to 10'],
    ['below nought', number('nps', -1), 'answers[0].number', 'is not from 0 to 10'],
    ['six of five stars', number('stars', 6), 'answers[0].number', 'is not from 0 to 5'],
    ['a choice', { field: { ref: 'nps' }, type: 'choice' }, 'answers[0].type', 'is not number'],
  ])('an answer %s is rejected with its field', (_, given, field, reason) => {
    const { rows, rejected } = mappedOne(answer([given]));
    expect(rows).toEqual([]);
    expect(rejected[0]?.field).toBe(field);
    expect(rejected[0]?.reason).toContain(reason);
  });

  test('nought is an answer, and no answer is none', () => {
    expect(mappedOne(answer([number('nps', 0)])).rows).toMatchObject([
      { kind: 'recommendation', score: '0' },
    ]);
    expect(mappedOne(answer([])).skipped).toEqual(['an answer to neither question']);
  });

  test.each([
    ['partial', { response_type: 'partial' }],
    ['started', { response_type: 'started', submitted_at: '0001-01-01T00:00:00Z' }],
    ['never sent in, in an old list', { response_type: undefined, submitted_at: '0001-01-01T00:00:00Z' }],
  ])('an answer that is %s is left out', (_, changes) => {
    const { rows, skipped } = mappedOne({ ...answer([number('nps', 9)]), ...changes });
    expect(rows).toEqual([]);
    expect(skipped).toEqual(['an answer that was not finished']);
  });

  test('a question that is gone fails the reading, which lists those that are there', async () => {
    const { vendor, requests } = answering(() => answerOf(200, form(questions.slice(1))));
    const reading = pagesOf(entityOf(source, settings, 'responses').pages(vendor, settings, slice));
    await expect(reading).rejects.toMatchObject({
      code: 'VENDOR_FIELD_GONE',
      message: 'Typeform: form abc has no question nps',
      hint: expect.stringContaining('stars (rating 1 to 5, “Stars”)') as string,
    });
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['answers that do not say to which question', [{ question: 'nps', number: 9 }], 'answers[0].field.ref'],
    ['answers that are no list', { nps: 9 }, 'answers'],
  ])('%s are rejected: they would look like none', async (_, answers, field) => {
    const item = { ...answer([]), answers };
    const { vendor } = answering(({ url }) =>
      answerOf(200, url.endsWith('/responses') ? { total_items: 1, items: [item] } : form(questions)),
    );
    const entity = entityOf(source, settings, 'responses');
    const [page] = await pagesOf(entity.pages(vendor, settings, slice));
    const [kept] = page === undefined ? [] : entity.records(page);
    expect(mappedOne(kept as object).rejected.map((each) => each.field)).toEqual([field]);
  });

  test('a page that is full is followed by what is before its last answer', async () => {
    const items = [answer([], 't1'), answer([], 't2')];
    const { vendor, requests } = answering(({ url, query }) => {
      if (!url.endsWith('/responses')) return answerOf(200, form(questions));
      return answerOf(200, { total_items: 2, items: query?.['before'] === undefined ? items : [] });
    });
    const two = source.settings.parse(keys({ page_size: 2 }));
    await pagesOf(entityOf(source, two, 'responses').pages(vendor, two, slice));
    expect(requests.slice(1).map(({ query }) => query)).toMatchObject([
      { since: '2026-11-20T05:00:00', response_type: 'completed', page_size: 2 },
      { since: '2026-11-20T05:00:00', before: 't2' },
    ]);
  });
});

const slice = sliceFor({ partition: 'abc', since: '2026-11-20T05:00:00.000Z' });

describe('the probe of Typeform', () => {
  const probed = (fields: readonly unknown[], changes: object = {}) => {
    const { vendor } = answering(({ url }) =>
      answerOf(200, url.endsWith('/responses') ? { total_items: 0, items: [] } : form(fields)),
    );
    return source.probe(vendor, source.settings.parse(keys(changes)));
  };

  test('names the questions that are read', async () => {
    expect(await probed(questions)).toEqual({
      status: 'ok',
      finding: 'form abc: nps (nps 0 to 10, “Recommend?”), stars (rating 1 to 5, “Stars”)',
    });
  });

  test('offers questions, hidden fields and variables where a name is not there', async () => {
    const forms = [{ id: 'abc', recommendation: 'which', region: { hidden: 'land' } }];
    const { status, finding, remedy } = await probed(questions, { forms });
    expect(status).toBe('failed');
    expect(finding).toBe('form abc has no question which, no hidden field land');
    expect(remedy).toContain('nps (nps 0 to 10, “Recommend?”), stars (rating 1 to 5, “Stars”)');
    expect(remedy).toContain('hidden fields: region; variables: score');
  });

  test('fails where a scale is another than the settings say', async () => {
    const ten = { ref: 'stars', type: 'rating', title: 'Stars', properties: { steps: 10 } };
    const seven = {
      ref: 'nps',
      type: 'opinion_scale',
      title: 'R',
      properties: { steps: 10, start_at_one: true },
    };
    expect((await probed([questions[0], ten])).finding).toContain('rating 1 to 10');
    expect(await probed([seven, questions[1]])).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('opinion_scale 1 to 10') as string,
    });
  });
});

describe('settings, errors and page of Typeform', () => {
  test.each([
    ['no question', { forms: [{ id: 'abc' }] }, 'asks for nothing'],
    [
      'one question for both',
      { forms: [{ id: 'abc', recommendation: 'a', satisfaction: { field: 'a', best_score: 5 } }] },
      'one question for both',
    ],
    [
      'a form twice',
      {
        forms: [
          { id: 'abc', recommendation: 'a' },
          { id: 'abc', recommendation: 'b' },
        ],
      },
      'a form twice',
    ],
    [
      'satisfied above the best',
      { forms: [{ id: 'abc', satisfaction: { field: 'a', best_score: 5, satisfied_from: 6 } }] },
      'nobody could be satisfied',
    ],
    [
      'two places',
      { forms: [{ id: 'abc', recommendation: 'a', region: { hidden: 'a', variable: 'b' } }] },
      'either',
    ],
  ])('%s is refused', (_, changes, mistake) => {
    expect(() => source.settings.parse(keys(changes))).toThrow(mistake);
  });

  test.each([
    [401, 'AUTHENTICATION_FAILED', 'no-permission', 'data centre'],
    [403, 'FORBIDDEN', 'no-permission', 'Responses: Read'],
    [404, 'FORM_NOT_FOUND', 'refused', 'base_url'],
  ])('%i is told with what to do', (status, code, kind, hint) => {
    expect(diagnose(answerOf(status, { code, description: 'no' }))).toMatchObject({
      ...{ kind, reason: `${code}: no` },
      hint: expect.stringContaining(hint) as string,
    });
  });

  test('too many requests are asked again', () => {
    expect(diagnose(answerOf(429, { code: 'TOO_MANY', description: 'slow' }))?.kind).toBe('retry');
  });

  test('its page documents every setting, and its example is right', () => {
    const { text, sources } = pageOfSource('typeform');
    expect(undocumented(source, text)).toEqual([]);
    for (const { kind: _, starts_on: __, ...own } of sources) source.settings.parse(own);
    expect(sources.length).toBeGreaterThan(0);
  });
});
