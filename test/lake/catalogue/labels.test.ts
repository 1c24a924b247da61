import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { Dimension } from '../../../functions/lake/catalogue/dimension.ts';
import {
  labelsOf,
  labelWithId,
  type MemberNames,
  noLabels,
  readLabels,
  recordLabels,
} from '../../../functions/lake/catalogue/labels.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { fileBucket } from '../../../functions/platform/local/file-bucket.ts';
import { memberName } from '../../../functions/report/letters/names.ts';
import { runs } from '../../kit/runs.ts';

const newBucket = () => fileBucket(mkdtempSync(join(tmpdir(), 'vigie-labels-')));
const customers = (names: Record<string, string>): MemberNames =>
  new Map([['customer', new Map(Object.entries(names))]]);

describe('names of members', () => {
  test('are kept, and written only when one changed', async () => {
    const bucket = newBucket();
    const write = (names: Record<string, string>, at: string) =>
      recordLabels(bucket, { id: 'net_revenue' }, customers(names), at);
    expect(await write({}, '2026-11-20T06:00:00Z')).toBe(false);
    expect(await bucket.exists('labels/net_revenue.json')).toBe(false);
    expect(await write({ '2': 'Brückner', '1': 'Arnaud' }, '2026-11-20T06:00:00Z')).toBe(true);
    const bytes = await bucket.read('labels/net_revenue.json');
    expect(await write({ '2': 'Brückner' }, '2026-11-21T06:00:00Z')).toBe(false);
    expect(await bucket.read('labels/net_revenue.json')).toEqual(bytes);
    expect(await write({ '2': 'Brückner SE' }, '2026-11-22T06:00:00Z')).toBe(true);
    const labels = await readLabels(bucket);
    expect([labels.name('customer', '1'), labels.name('customer', '2')]).toEqual(['Arnaud', 'Brückner SE']);
    expect(labels.name('product', '1')).toBeUndefined();
  });

  test('the name seen last counts, whichever KPI saw it', async () => {
    const bucket = newBucket();
    await recordLabels(bucket, { id: 'b' }, customers({ '1': 'Old' }), '2026-11-20T06:00:00Z');
    await recordLabels(bucket, { id: 'a' }, customers({ '1': 'New' }), '2026-11-21T06:00:00Z');
    expect((await readLabels(bucket)).name('customer', '1')).toBe('New');
    await recordLabels(bucket, { id: 'b' }, customers({ '1': 'Newest' }), '2026-11-22T06:00:00Z');
    expect((await readLabels(bucket)).name('customer', '1')).toBe('Newest');
  });

  test('any member may have any name', async () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '=1+1', '<b>\n'));
    const pairs = fc.array(fc.tuple(text, text), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(text, pairs, async (dimension, given) => {
        const bucket = newBucket();
        const names = new Map([[dimension, new Map(given)]]);
        await recordLabels(bucket, { id: 'k' }, names, '2026-11-20T06:00:00Z');
        const labels = await readLabels(bucket);
        for (const [member, name] of new Map(given)) expect(labels.name(dimension, member)).toBe(name);
        expect(await recordLabels(bucket, { id: 'k' }, names, '2026-11-21T06:00:00Z')).toBe(false);
      }),
      { numRuns: runs(30) },
    );
  });
});

describe('how a member is said', () => {
  const labels = labelsOf(
    customers({ '1': 'Müller', '2': 'Müller', '3': 'Zoë\r\nBcc: x', '4': ' ', '5': '5' }),
  );
  const kpi = { brokenDownBy: [] };
  const say = (member: string) => memberName(labels, kpi, 'customer', member, en);

  test('by name; by name and id where several have the name; by id where nobody knows one', () => {
    expect(say('1')).toBe('Müller (1)');
    expect(say('3')).toBe('Zoë Bcc: x');
    expect(say('4')).toBe('4');
    expect(say('5')).toBe('5');
    expect(say('6')).toBe('6');
    expect(say('(unknown)')).toBe('unknown');
    expect(memberName(labels, kpi, 'region', '1', en)).toBe('1');
    expect(memberName(labels, kpi, null, '1', en)).toBe('1');
  });

  test('by the word of the reader’s language where the dimension has one', () => {
    const device = loadCatalogue().dimensions.get('device') as Dimension;
    const inFrench = (member: string) => memberName(labels, { brokenDownBy: [device] }, 'device', member, fr);
    expect(['mobile', 'other', 'constructor', '(unknown)'].map(inFrench)).toEqual([
      'Téléphone',
      'Autre appareil',
      'constructor',
      'inconnu',
    ]);
  });

  test('with its id where it is needed to go on', () => {
    expect(labelWithId(labels, 'customer', '1')).toBe('Müller (1)');
    expect(labelWithId(labels, 'customer', '5')).toBe('5');
    expect(labelWithId(noLabels, 'customer', '1')).toBe('1');
    expect(labelWithId(labels, undefined, '1')).toBe('1');
  });
});
