import { expect, test } from 'vitest';
import { loadCatalogue } from '../../../functions/lake/catalogue/catalogue.ts';
import type { List } from '../../../functions/lake/catalogue/list.ts';
import type { ListEntry } from '../../../functions/lake/snapshot/list-entries.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { slackPayload } from '../../../functions/report/channels/slack-blocks.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { listCsv, ruleText } from '../../../functions/report/letters/list.ts';
import { planLetters } from '../../../functions/report/letters/plan.ts';
import { renderHtml } from '../../../functions/report/mail/html.tsx';
import { renderText } from '../../../functions/report/mail/text.ts';
import type { Day } from '../../../functions/report/model/day.ts';
import { funnelDay } from '../funnel-day.ts';
import { dayPage } from '../site/pages.ts';

const list = loadCatalogue().lists.find(({ id }) => id === 'hottest_leads') as List;

const entry = (at: number, more: Partial<ListEntry> = {}): ListEntry => ({
  key: `L${at}`,
  values: {
    ...{ lead_id: `L${at}`, score: 90 - at, band: 'hot', contact_role: 'management', industry: 'Food' },
    ...{
      region: null,
      channel: '=cmd',
      yearly_potential: '55000.5',
      created_on: '2026-11-03',
      owner_id: 'U1',
    },
  },
  reasons: [
    {
      reason: 'employee_count',
      points: 15,
      most: 15,
      found: '320',
      word: null,
      atLeast: '250',
      atMost: null,
    },
    {
      reason: 'contact_seniority',
      points: 0,
      most: 10,
      found: 'staff',
      word: null,
      atLeast: null,
      atMost: null,
    },
  ],
  ...more,
});

const day = (): Day => ({
  ...funnelDay(),
  lists: [{ list, entries: Array.from({ length: 12 }, (_, at) => entry(at)) }],
});
const sales = { roles: ['sales'] };

test('is in the mail of those it is made for, and in nobody else’s', () => {
  const listed = (roles: string[]) =>
    digestContent(day(), en, { reader: { roles } }).blocks.filter(({ kind }) => kind === 'list').length;
  expect([listed(['sales']), listed(['executive']), listed(['executive', 'sales'])]).toEqual([1, 0, 1]);
  const told = (roles: string[]) => ({ key: roles.join(), language: 'en', roles, digest: true });
  // Both are shown the same figures: who is shown the list must not be.
  const [executive, rep] = planLetters(day(), [told(['executive']), told(['sales', 'executive'])]);
  const kinds = (letter: typeof rep) => letter?.content(new Set()).blocks.map(({ kind }) => kind);
  expect(kinds(executive)).not.toContain('list');
  expect(kinds(rep)).toContain('list');
});

test('the mail has the first five, each with what gave it points; the rest is in the report', async () => {
  const content = digestContent(day(), en, { reader: sales });
  const text = renderText(content);
  expect(text).toContain(
    'L0 · 90\u00a0points\n  hot · management · Food · =cmd · Potential a year: €55,001 · Since: 3 Nov · Owner: U1\n  Company size 320: 15/15',
  );
  expect(text).toContain('7 more in the report');
  expect(text).not.toContain('L5');
  expect(text).not.toContain('staff');
  expect(renderText(digestContent(day(), fr, { reader: sales }))).toContain('Taille de l’entreprise 320');
  expect(await renderHtml(content, () => '')).toContain('Company size 320: 15/15');
  expect(JSON.stringify(slackPayload(content))).toContain('Company size 320: 15/15');
});

test('the report has all of it, the rules that gave nothing too, and a file for a spreadsheet', () => {
  const page = dayPage(day(), en);
  const section =
    /<section class="list" aria-labelledby="hottest_leads"[\s\S]*?<\/section>/.exec(page)?.[0] ?? '';
  for (const words of [
    'L11',
    'Company size 320: 15/15',
    'rule: 250 or more',
    'Contact’s seniority staff: 0/10',
  ])
    expect(section).toContain(words);
  const href =
    /href="(data:text\/csv[^"]+)" download="hottest_leads-2026-11-21\.csv"/.exec(section)?.[1] ?? '';
  const csv = decodeURIComponent(href.slice(href.indexOf(',') + 1));
  expect(csv.split('\n')).toHaveLength(14);
  expect(dayPage(funnelDay(), en)).not.toContain('hottest_leads');
});

test('CSV: values as they are, formulas defused, the reasons in a column', () => {
  const [head, first] = listCsv(list, [entry(0)], en).split('\n');
  expect(head).toBe(
    'lead_id,score,band,contact_role,industry,region,channel,yearly_potential,created_on,owner_id,why',
  );
  expect(first).toBe(
    'L0,90,hot,management,Food,,"\'=cmd",55000.5,2026-11-03,U1,Company size 320: 15/15; Contact’s seniority staff: 0/10',
  );
});

test('rules in words', () => {
  const reason = { reason: 'x', points: 1, most: 1, found: '5', word: null, atLeast: null, atMost: null };
  expect(ruleText({ ...reason, atLeast: '1000' }, en)).toBe('rule: 1,000 or more');
  expect(ruleText({ ...reason, atMost: '30' }, en)).toBe('rule: 30 or less');
  expect(ruleText({ ...reason, atLeast: '1', atMost: '9' }, fr)).toBe('règle : 1 à 9');
  expect(ruleText({ ...reason, found: 'IT', word: 'IT' }, en)).toBeNull();
  expect(ruleText(reason, en)).toBeNull();
});
