import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addEvent, EVENTS, readEvents, removeEvent } from '../../../functions/lake/alerts/events.ts';
import { companySchema } from '../../../functions/lake/company/company.ts';
import type { Bucket } from '../../../functions/platform/bucket.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';

const emptyBucket = async (): Promise<Bucket> => fileBucket(await mkdtemp(join(tmpdir(), 'vigie-events-')));
const event = (from: string, text: string, to = from) => ({
  ...{ from, to, text, kind: 'promotion' as const, kpi: null, dimension: null, member: null },
  ...{ at: '2026-11-22T08:00:00.000Z', by: 'claire' },
});
const companyWith = (events: unknown[] = []) =>
  companySchema.parse({
    company: { name: 'x', time_zone: 'Europe/Paris', currency: 'EUR' },
    sources: [{ kind: 'files', name: 's', feeds: [{ table: 'orders', path: 'o', columns: {} }] }],
    events,
  });

it('many at once on one day are all kept, each under an id of its own', async () => {
  const bucket = await emptyBucket();
  const texts = Array.from({ length: 12 }, (_, index) => `event ${index}`);
  const kept = await Promise.all(texts.map((text) => addEvent(bucket, event('2026-11-23', text))));
  expect(new Set(kept.map(({ id }) => id)).size).toBe(12);
  const read = await readEvents(bucket, companyWith());
  expect(read.map(({ text }) => text).toSorted()).toEqual(texts.toSorted());
});

it('one is taken back by its id, once; another keeps its own', async () => {
  const bucket = await emptyBucket();
  await addEvent(bucket, event('2026-11-23', 'one'));
  await addEvent(bucket, event('2026-11-23', 'two'));
  expect(await removeEvent(bucket, '2026-11-23.1')).toMatchObject({ text: 'one' });
  expect((await readEvents(bucket, companyWith())).map(({ id, text }) => [id, text])).toEqual([
    ['2026-11-23.2', 'two'],
  ]);
  await expect(removeEvent(bucket, '2026-11-23.1')).rejects.toMatchObject({
    code: 'EVENT_UNKNOWN',
    message: 'There is no event 2026-11-23.1. Did you mean 2026-11-23.2?',
  });
});

it('those of vigie.yaml stand among them in the order of their days, and a span has those that touch it', async () => {
  const bucket = await emptyBucket();
  await addEvent(bucket, event('2026-11-10', 'week', '2026-11-16'));
  await addEvent(bucket, event('2026-11-20', 'later'));
  const company = companyWith([
    { from: '2026-11-16', text: { en: 'Fair', fr: 'Salon' } },
    { from: '2026-12-24', to: '2026-12-31', text: 'closed', kind: 'closure' },
  ]);
  const days = async (from: string, to: string) =>
    (await readEvents(bucket, company, { from, to })).map((each) => each.from);
  expect((await readEvents(bucket, company)).map(({ from, to }) => `${from} ${to}`)).toEqual([
    '2026-11-10 2026-11-16',
    '2026-11-16 2026-11-16',
    '2026-11-20 2026-11-20',
    '2026-12-24 2026-12-31',
  ]);
  expect(await days('2026-11-16', '2026-11-19')).toEqual(['2026-11-10', '2026-11-16']);
  expect(await days('2026-11-17', '2026-11-19')).toEqual([]);
  expect(await days('2026-12-31', '2026-12-31')).toEqual(['2026-12-24']);
});

it('a damaged one hides no other', async () => {
  const bucket = await emptyBucket();
  await addEvent(bucket, event('2026-11-23', 'one'));
  await bucket.write(`${EVENTS}2026-11-23.2.json`, '{"id": "2026-11-23.2"');
  expect((await readEvents(bucket, companyWith())).map(({ text }) => text)).toEqual(['one']);
});

it.each([
  [{ from: '2026-11-23', to: '2026-11-22', text: 'x' }, /ends on the day on which it begins/],
  [{ from: '2026-11-23', text: 'x', member: 'Nord' }, /give `dimension` and `member`/],
  [{ from: '2026-11-23', text: '  ' }, /./],
  [{ from: '2026-11-23', text: 'x'.repeat(201) }, /./],
  [{ from: '2026-11-23', text: 'x', kind: 'party' }, /stock_out/],
])('%j is no event', (raw, said) => {
  expect(() => companyWith([raw])).toThrow(said);
});
