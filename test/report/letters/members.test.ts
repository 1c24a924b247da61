import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { List } from '../../../functions/lake/catalogue/list.ts';
import { readersOf } from '../../../functions/lake/company/readers.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { slackPayload } from '../../../functions/report/channels/slack-blocks.ts';
import { teamsPayload } from '../../../functions/report/channels/teams-card.ts';
import type { MailContent } from '../../../functions/report/letters/blocks.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { problemsOf } from '../../../functions/report/letters/ops-letter.ts';
import { planLetters } from '../../../functions/report/letters/plan.ts';
import { renderHtml } from '../../../functions/report/mail/html.tsx';
import { renderText } from '../../../functions/report/mail/text.ts';
import type { Day } from '../../../functions/report/model/day.ts';
import { companyOf, event, finding, kpiOf, kpis, mailData, row, state, totals } from '../fixtures.ts';

/** Figures of the day by member, each a number that is found nowhere else. */
const member = (kpi: string, dimension: string, name: string, now: number, before: number) => [
  row(kpi, 'mtd', 'current', now, null, { dimension, member: name }),
  row(kpi, 'mtd', 'last_year', before, null, { dimension, member: name }),
];
const SECRETS = ['691,123', '666,111', '555,222', '444,333', '90,009'];

const day = (more: Parameters<typeof mailData>[0] = {}): Day =>
  mailData({
    totals: [
      ...totals,
      ...member('net_revenue', 'region', 'Nord', 123456, 100000),
      ...member('net_revenue', 'region', 'Sud', 555222, 444333),
      ...member('net_revenue', 'region', '(other)', 90009, 1),
      ...member('net_revenue', 'brand', 'Alpina', 666111, 1),
      ...member('orders', 'region', 'Nord', 77, 70),
      ...member('orders', 'region', 'Sud', 666111, 70),
    ],
    findings: [],
    ...more,
  });

const rep = (members: Record<string, string[]>, more: object = {}) => ({
  key: 'rep',
  language: 'en',
  roles: ['sales'],
  digest: true,
  members,
  kpis: ['net_revenue', 'orders'],
  ...more,
});

/** Everything that a letter says, in each form that it takes. */
const formsOf = async (content: MailContent): Promise<string[]> => [
  renderText(content),
  await renderHtml(content, ({ id }) => `cid:${id}`),
  content.subject,
  content.preheader,
  JSON.stringify(slackPayload(content)),
  JSON.stringify(teamsPayload(content)),
];

describe('who is told of members', () => {
  test('gets their figures, in every form, and no other’s', async () => {
    for (const language of [en, fr]) {
      const content = digestContent(day(), language, { reader: rep({ region: ['Nord'] }) });
      const said = (await formsOf(content))
        .join('\n')
        .replaceAll(/[\u202f\u00a0]/g, ',')
        .replaceAll('&nbsp;', ',');
      expect(said).toContain('123,456');
      expect(said).toContain('Nord');
      for (const secret of [...SECRETS, 'Sud', 'Alpina', '81.2', '81,2']) expect(said).not.toContain(secret);
    }
  });

  test('has the comparison of the member, not that of the total', () => {
    const content = digestContent(day(), en, { reader: rep({ region: ['Nord'] }) });
    const text = renderText(content);
    expect(text).toContain('Net revenue, region Nord');
    expect(text).toContain('+23%');
    expect(content.subject).toBe('Net revenue, region Nord +23%; orders, region Nord +10% (21 Nov)');
    expect(text).toContain('Only figures and alerts of region Nord.');
  });

  test('is not led to the report, which shows everybody', async () => {
    const company = companyOf({ delivery: { report_url: 'https://figures.example.com' } });
    const mine = (
      await formsOf(digestContent(day({ company }), en, { reader: rep({ region: ['Nord'] }) }))
    ).join();
    expect(mine).not.toContain('figures.example.com');
    const all = (
      await formsOf(digestContent(day({ company }), en, { reader: { roles: ['executive'] } }))
    ).join();
    expect(all).toContain('figures.example.com');
  });

  test('reads a letter of her own, though another is shown the same KPIs', () => {
    const readers = [
      rep({ region: ['Nord'] }),
      rep({ region: ['Sud'] }, { key: 'sud' }),
      rep({}, { key: 'all', members: undefined }),
    ];
    const texts = planLetters(day({ alerts: null }), readers).map((letter) =>
      renderText(letter.content(new Set())),
    );
    expect(
      texts.map((text) => [text.includes('123,456'), text.includes('555,222'), text.includes('691,123')]),
    ).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
  });

  test('a member that does not exist: that is said, to her and to operators, and no total stands for it', () => {
    const company = companyOf({
      recipients: [{ email: 'r@example.com', roles: ['sales'], digest: true, members: { region: ['Nrod'] } }],
    });
    const told = day({ company });
    const text = renderText(digestContent(told, en, { reader: rep({ region: ['Nrod'] }) }));
    expect(text).toContain('No figure knows these names');
    expect(text).toContain('Region Nrod');
    for (const secret of [...SECRETS, '123,456']) expect(text).not.toContain(secret);
    const problem = problemsOf(told, en).find(({ key }) => key.startsWith('member|'));
    expect(problem?.message).toBe(
      'Somebody is told of region "Nrod", of which no figure knows anything: that mail is empty.',
    );
    expect(JSON.stringify(problem)).not.toContain('r@example.com');
    expect(problemsOf(day(), en).some(({ key }) => key.startsWith('member|'))).toBe(false);
  });

  test('one that is not among the largest has no figure, and that is said', () => {
    const text = renderText(digestContent(day(), en, { reader: rep({ region: ['Ouest'] }) }));
    expect(text).toContain('Not among the largest by Region: it has no figure of its own here.');
    expect(text).not.toContain('90,009');
  });

  test('a KPI without the dimension is named, and never shown as a total', () => {
    const told = day({
      kpis: [...kpis.slice(0, 4), kpiOf('visits', 'Visits', 'Visites', { dimensions: {} })],
    });
    const reader = rep({ region: ['Nord'] }, { kpis: ['net_revenue', 'visits'] });
    const text = renderText(digestContent(told, en, { reader }));
    expect(text).toMatch(/Not shown here[\s\S]*Visits[\s\S]*not broken down by region/i);
  });

  test('is told of the alerts on them, and of no other', async () => {
    const alerts = {
      ...{ asOf: '2026-11-21', run: 'r' },
      states: [state(), state({ rule: 'brand-drop', member: 'Alpina', value: 41200, level: 52300 })],
      events: [
        event(),
        event({
          rule: 'brand-drop',
          kpi: 'net_revenue',
          member: 'Alpina',
          dimension: 'brand',
          period: 'mtd',
          notify: ['sales'],
        }),
        event({
          rule: 'brand-drop',
          kpi: 'net_revenue',
          member: 'Taiga',
          dimension: 'brand',
          period: 'mtd',
          notify: ['sales'],
        }),
      ],
    };
    const roles = ['sales', 'executive'];
    const letters = planLetters(day({ alerts }), [
      rep({ brand: ['Alpina'] }, { roles, digest: false }),
      rep({ region: ['Nord'] }, { roles, digest: false, key: 'nord' }),
    ]);
    expect(letters.map(({ kind, reader }) => [kind, reader.key])).toEqual([['alert', 'rep']]);
    const [letter] = letters;
    const content = letter?.content(new Set(letter.tells));
    const said = content ? (await formsOf(content)).join('\n') : '';
    expect(said).toContain('Alpina');
    for (const other of ['Taiga', 'abandonment', '691,123']) expect(said).not.toContain(other);
  });

  test('has of a list the entries that say they are hers; a list that says nothing of whose they are is named', () => {
    const list = loadCatalogue().lists.find(({ id }) => id === 'hottest_leads') as List;
    const entry = (id: string, region: string | null) => ({
      key: id,
      values: { lead_id: id, region },
      reasons: [],
    });
    const lists = [{ list, entries: [entry('L1', 'Nord'), entry('L2', 'Sud'), entry('L3', null)] }];
    const nord = renderText(digestContent(day({ lists }), en, { reader: rep({ region: ['Nord'] }) }));
    expect([nord.includes('L1'), nord.includes('L2'), nord.includes('L3')]).toEqual([true, false, false]);
    const brand = renderText(digestContent(day({ lists }), en, { reader: rep({ brand: ['Alpina'] }) }));
    expect(brand).not.toMatch(/L[123]/);
    expect(brand).toMatch(/Hottest leads[\s\S]*not broken down by brand/);
  });

  test('a finding of a company’s own check, whose message names rows of others, is told without it', () => {
    const findings = [
      finding({
        check: 'own',
        table: 'orders',
        source: 'sap',
        message: 'Order 4711 of Sud for 555,222 twice',
      }),
    ];
    const text = renderText(digestContent(day({ findings }), en, { reader: rep({ region: ['Nord'] }) }));
    expect(text).not.toContain('4711');
    expect(renderText(digestContent(day({ findings }), en, { reader: { roles: ['executive'] } }))).toContain(
      '4711',
    );
  });

  test('with many members a KPI is a table of them, largest first, and what it leaves out is counted', () => {
    const names = Array.from({ length: 15 }, (_, at) => `M${String(at).padStart(2, '0')}`);
    const told = mailData({
      totals: [
        ...totals,
        ...names.flatMap((name, at) => member('net_revenue', 'region', name, 1000 + at, 500)),
      ],
    });
    const reader = rep({ region: names }, { kpis: ['net_revenue'] });
    const text = renderText(digestContent(told, en, { reader }));
    expect(text.indexOf('M14')).toBeGreaterThan(0);
    expect(text.indexOf('M14')).toBeLessThan(text.indexOf('M03'));
    expect(text.match(/^.*M02.*1,002/m)).toBeNull();
    expect(text).toContain('3 more, smaller ones');
    expect(text).not.toContain('691,123');
  });
});

describe('hostile names', () => {
  test('whatever a member is called, its mail can be made, holds its figure, and no markup of its own', async () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '__proto__',
        'constructor',
        'hasOwnProperty',
        '<script>alert(1)</script>',
        '"><img src=x>',
        '\u202Eevil',
        'a\r\nBcc: x@example.com',
        '=cmd|x',
        '<!channel>',
        '[x](https://evil.example)',
      ),
      fc.string({ minLength: 1, unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        fc.pre(name !== '(other)' && name !== '(unknown)');
        const told = mailData({
          totals: [...totals, ...member('net_revenue', 'region', name, 123456, 100000)],
        });
        const content = digestContent(told, en, { reader: rep(Object.fromEntries([['region', [name]]])) });
        const html = await renderHtml(content, ({ id }) => `cid:${id}`);
        expect(html).toContain('123,456');
        expect(html).not.toContain('691,123');
        expect(html).not.toMatch(/<script|<img src=x/);
        expect(content.subject).not.toMatch(/[\r\n\u202E]/);
        for (const block of content.blocks)
          if (block.kind === 'figure' && block.chart) expect(block.chart.id).toMatch(/^[a-z0-9_-]+$/);
        // A header is plain text; what is marked up must not call a whole channel.
        const marked = JSON.stringify(slackPayload(content)).match(/"type":"mrkdwn","text":"[^"]*/g) ?? [];
        expect(marked.join()).not.toContain('<!channel>');
      }),
      { numRuns: 30 },
    );
  });
});

test('somebody who is listed twice is told of no more than the members that were named', () => {
  const [one] = readersOf([
    { email: 'a@example.com', language: 'en', roles: ['executive'] },
    { email: 'A@example.com ', language: 'en', roles: ['sales'], members: { region: ['Nord'] } },
  ]);
  expect(one?.members).toEqual({ region: ['Nord'] });
});
