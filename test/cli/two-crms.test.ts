import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { vigie } from '../kit/command-line.ts';

// Two subsidiaries, each with a CRM of its own. Both have a stage `talks`: the last before the order here, the first of all there.
const source = (name: string) => `
  - name: ${name}
    kind: files
    feeds:
      - { table: stages, path: ${name}-stages.csv, columns: { stage_id: id, name: name, step: step, outcome: outcome } }
      - table: deals
        path: ${name}-stays.csv
        one_row_per_key: true
        columns: { deal_id: deal, created_on: { constant: '2026-03-01' }, status: { constant: open }, currency: { constant: EUR } }
      - table: stage_history
        path: ${name}-stays.csv
        columns: { kind: { constant: deal }, record_id: deal, stage_id: stage, entered_at: at, basis: { constant: history } }
`;
const CONFIG = `
company: { name: Group, time_zone: Europe/Paris, currency: EUR }
sources:${source('north')}${source('south')}
recipients: [{ email: owner@group.example, roles: [sales] }]
`;

const folder = mkdtempSync(join(tmpdir(), 'vigie-two-crms-'));
const on = (...args: string[]) => vigie(...args, '--config', join(folder, 'vigie.yaml'));
const file = (name: string, ...lines: string[]) => writeFileSync(join(folder, name), `${lines.join('\n')}\n`);

beforeAll(async () => {
  file('vigie.yaml', CONFIG);
  file(
    'north-stages.csv',
    'id,name,step,outcome',
    'demo,Demo,1,open',
    'talks,Talks,2,open',
    'out,Lost,,lost',
  );
  file(
    'south-stages.csv',
    'id,name,step,outcome',
    'talks,Talks,1,open',
    'offer,Offer,2,open',
    'out,Won,,won',
    'lost,Lost,,lost',
  );
  file(
    'north-stays.csv',
    ...['deal,stage,at', 'N1,demo,2026-03-02 09:00', 'N1,talks,2026-03-03 09:00', 'N1,out,2026-03-05 09:00'],
    'N2,talks,2026-03-04 09:00',
  );
  file(
    'south-stays.csv',
    ...['deal,stage,at', 'S1,talks,2026-03-02 09:00', 'S1,out,2026-03-06 09:00', 'S2,talks,2026-03-03 09:00'],
    ...[
      'S2,offer,2026-03-04 09:00',
      'S3,talks,2026-03-07 09:00',
      'S3,lost,2026-03-08 09:00',
      'S4,talks,2026-03-09 09:00',
    ],
  );
  const { code, err } = await on('run', '--date', '2026-03-10');
  expect(code, err).toBe(0);
});

test('each has its own stage of that id, counted by hand; one that only one has is called by its id', async () => {
  const { out, err } = await on('values', 'stage_losses', '--dimension', 'stage', '--format', 'json');
  const rows = JSON.parse(out) as { member: string; numerator: number; denominator: number }[];
  const told = rows.map(({ member, numerator, denominator }) => `${member}: ${numerator} of ${denominator}`);
  expect(told.toSorted(), err).toEqual([
    'demo: 0 of 1',
    'north/talks: 1 of 2', // N1 of N1, N2
    'offer: 0 of 1',
    'south/talks: 1 of 4', // S3; S1 was won there
  ]);
});

test('both are called Talks, and told apart', async () => {
  const { out } = await on('values', 'stage_losses', '--dimension', 'stage');
  expect(out).toMatch(/north\/talks +Talks/);
  expect(out).toMatch(/south\/talks +Talks/);
});
