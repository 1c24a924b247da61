import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { vigie } from '../kit/command-line.ts';

// A report of mails as small tools write it: sent, opened, clicked; nothing of what was delivered or came back.
const CONFIG = `
company: { name: Newsletter, time_zone: Europe/Paris, currency: EUR }
sources:
  - name: newsletter
    kind: files
    feeds:
      - table: email_sends
        path: mails.csv
        columns:
          campaign_id: name
          sent_on: day
          sent_count: sent
          unique_open_count: opened
recipients: [{ email: owner@newsletter.example, roles: [marketing] }]
`;

const config = join(mkdtempSync(join(tmpdir(), 'vigie-unknown-')), 'vigie.yaml');
const on = (...args: string[]) => vigie(...args, '--config', config);

beforeAll(async () => {
  writeFileSync(config, CONFIG);
  writeFileSync(
    join(config, '..', 'mails.csv'),
    'name,day,sent,opened\nA,2026-03-09,100,20\nB,2026-03-10,50,5\n',
  );
  expect((await on('run', '--date', '2026-03-10')).code).toBe(0);
});

test('a figure that was measured and is not known: what the rows of its window do not tell, not to run again', async () => {
  const { code, out, err } = await on('explain', 'email_open_rate');
  expect(code, err).toBe(0);
  expect(out).toContain('Why there is no figure');
  expect(out).toMatch(
    /^ {2}email_sends: 2 rows from 2026-02-11 to 2026-03-10; empty in all of them: .*bounce_count, delivered_count/m,
  );
  expect(out).not.toMatch(/empty in all of them:.*unique_open_count/);
});

test('a KPI that nothing feeds: the table without a source, whatever the day', async () => {
  for (const day of [[], ['--date', '2026-03-10']]) {
    const { code, err } = await on('explain', 'cart_abandonment_rate', ...day);
    expect(code).toBe(2);
    expect(err).toContain('No source fills carts');
    expect(err).not.toContain('vigie run');
  }
});

test('a day that was not run: to run it', async () => {
  const { code, err } = await on('explain', 'email_open_rate', '--date', '2026-01-31');
  expect(code).toBe(2);
  expect(err).toContain('--date 2026-01-31` first');
});

// A list of deals that says since when each is in its stage, and nothing of the stages before.
const CRM = `
company: { name: Sales, time_zone: Europe/Paris, currency: EUR }
sources:
  - name: crm
    kind: files
    feeds:
      - { table: stages, path: stages.csv, columns: { stage_id: id, name: id, step: step, outcome: outcome } }
      - table: deals
        path: deals.csv
        columns: { deal_id: id, created_on: made, status: { constant: open }, currency: { constant: EUR } }
      - table: stage_history
        path: stays.csv
        columns:
          kind: { constant: deal }
          record_id: id
          stage_id: stage
          entered_at: since
          basis: { constant: since }
recipients: [{ email: owner@sales.example, roles: [sales] }]
`;

test('stages of a CRM without history: from which day on windows have a figure', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-stages-'));
  const file = (name: string, lines: readonly string[]) =>
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  file('vigie.yaml', [CRM]);
  file('stages.csv', ['id,step,outcome', 'demo,1,open', 'offer,2,open', 'lost,,lost']);
  file('deals.csv', ['id,made', 'A,2026-01-05', 'B,2026-01-06']);
  const stays = [
    'id,stage,since',
    'A,demo,2026-02-02 09:00',
    'A,lost,2026-03-09 09:00',
    'B,demo,2026-02-03 09:00',
  ];
  const asked = (...args: string[]) => vigie(...args, '--config', join(folder, 'vigie.yaml'));
  file('stays.csv', stays);
  expect((await asked('run', '--date', '2026-03-10')).code).toBe(0);
  expect((await asked('explain', 'stage_losses')).out).toMatch(/No window has a total yet, .*: demo\.$/m);

  file('stays.csv', [...stays, 'B,offer,2026-03-11 15:00']);
  expect((await asked('run', '--date', '2026-03-12')).code).toBe(0);
  const { out, err } = await asked('explain', 'stage_losses');
  expect(out, err).toContain('Windows have a figure where they begin on 2026-03-11 or later');
  const none = await asked('values', 'stage_losses', '--dimension', 'stage');
  expect(none.err).toContain('`vigie explain stage_losses` says why');
});

test('values of a day that was run lead to the reason, of another to the run', async () => {
  const measured = await on('values', 'cart_abandonment_rate', '--date', '2026-03-10');
  expect(measured.err).toContain('`vigie explain cart_abandonment_rate --date 2026-03-10` says why');
  expect((await on('values', 'cart_abandonment_rate')).err).toContain(
    '`vigie explain cart_abandonment_rate` says why',
  );
  const other = await on('values', 'cart_abandonment_rate', '--date', '2026-01-31');
  expect(other.err).toContain('--date 2026-01-31` first');
});
