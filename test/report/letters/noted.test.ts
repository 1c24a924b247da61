import { expect, it } from 'vitest';
import type { BusinessEvent } from '../../../functions/lake/alerts/events.ts';
import type { Kpi } from '../../../functions/lake/catalogue/kpi.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import type { Language } from '../../../functions/languages/language.ts';
import { alertContent } from '../../../functions/report/letters/alert-letter.ts';
import { digestContent } from '../../../functions/report/letters/digest.ts';
import { notedBeside } from '../../../functions/report/letters/noted.ts';
import { renderText } from '../../../functions/report/mail/text.ts';
import { kpis, mailData } from '../fixtures.ts';

/** The day is 21 November 2026. */
const event = (from: string, to: string, more: Partial<BusinessEvent> = {}): BusinessEvent => ({
  ...{ id: null, from, to, text: 'Black week', kind: 'promotion' as const },
  ...{ kpi: null, dimension: null, member: null, ...more },
});
const abandonment = kpis[4] as Kpi;
const beside = (
  events: readonly BusinessEvent[],
  more: Partial<Parameters<typeof notedBeside>[1]> = {},
  language: Language = en,
) =>
  notedBeside(mailData({ events }), { kpi: abandonment, period: 'last_7d', member: null, ...more }, language);

it.each([
  ['a day before the window', event('2026-11-10', '2026-11-14'), null],
  [
    'its last day on the window’s first',
    event('2026-11-10', '2026-11-15'),
    'Noted: promotion “Black week” (10 Nov to 15 Nov).',
  ],
  ['one day', event('2026-11-21', '2026-11-21'), 'Noted: promotion “Black week” (21 Nov).'],
  ['planned for tomorrow', event('2026-11-22', '2026-11-22'), null],
  [
    'of any kind',
    event('2026-11-21', '2026-11-21', { kind: 'other', text: { en: 'Fair', fr: 'Salon' } }),
    'Noted: Fair (21 Nov).',
  ],
  ['of another KPI', event('2026-11-21', '2026-11-21', { kpi: 'orders' }), null],
  [
    'of a dimension that it has not',
    event('2026-11-21', '2026-11-21', { dimension: 'country', member: 'FR' }),
    null,
  ],
  [
    'of a member, beside the total',
    event('2026-11-21', '2026-11-21', { dimension: 'region', member: 'Alsace' }),
    'Noted: promotion “Black week”, region Alsace (21 Nov).',
  ],
  [
    'a line break and a change of direction',
    event('2026-11-21', '2026-11-21', { kind: 'other', text: 'Fair\n\u202eof <b>' }),
    'Noted: Fair of <b> (21 Nov).',
  ],
])('%s', (_, noted, said) => {
  expect(beside([noted])).toBe(said);
});

it('a member’s figure has what concerns everybody and the member, never another one', () => {
  const events = ['Alsace', 'Bretagne'].map((member) =>
    event('2026-11-21', '2026-11-21', { kind: 'other', text: member, dimension: 'region', member }),
  );
  const all = event('2026-11-20', '2026-11-20', { kind: 'other', text: 'all' });
  const member = { dimension: 'region', member: 'Alsace' };
  expect(beside([all, ...events], { member })).toBe('Noted: Alsace, region Alsace (21 Nov); all (20 Nov).');
});

it('what happened in the window that is compared with is told with its year', () => {
  const before = event('2025-11-20', '2025-11-20');
  expect(beside([before])).toBeNull();
  expect(beside([before], { against: 'last_year' })).toBe(
    'Noted: promotion “Black week” (20 November 2025).',
  );
});

it('the three newest, in French too', () => {
  const days = [15, 16, 17, 18, 19].map((day) =>
    event(`2026-11-${day}`, `2026-11-${day}`, { kind: 'other', text: `n${day}` }),
  );
  expect(beside(days)).toBe('Noted: n19 (19 Nov); n18 (18 Nov); n17 (17 Nov); 2 more.');
  expect(beside([event('2026-11-16', '2026-11-20')], {}, fr)?.replaceAll('\u202f', '_')).toBe(
    'À savoir_: promotion «_Black week_» (du 16 nov. au 20 nov.).',
  );
});

const textOf = (events: readonly BusinessEvent[], members?: Record<string, string[]>): string =>
  renderText(
    digestContent(mailData({ events }), en, {
      reader: { roles: ['executive'], ...(members && { members }) },
    }),
  ).replace(/\s+/g, ' ');

it('a digest says once at the top what goes on for all, and beside its figure what is that figure’s', () => {
  const text = textOf([
    event('2026-11-20', '2026-11-23'),
    event('2026-11-18', '2026-11-18', { kpi: 'orders', kind: 'closure', text: 'Depot' }),
  ]);
  // At the top, and with each of the two alerts.
  expect(text.match(/Noted: promotion “Black week”/g)).toHaveLength(3);
  expect(text.match(/closure “Depot” \(18 Nov\)/g)).toHaveLength(1);
  expect(text.indexOf('Black week')).toBeLessThan(text.indexOf('Depot'));
});

it('who is told of members hears nothing of others', () => {
  const of = (member: string) =>
    event('2026-11-21', '2026-11-21', {
      ...{ kind: 'other', text: `news of ${member}`, kpi: 'net_revenue', dimension: 'region', member },
    });
  const text = textOf([of('Alsace'), of('Bretagne')], { region: ['Bretagne'] });
  expect(text).toContain('news of Bretagne, region Bretagne');
  expect(text).not.toContain('Alsace');
});

it('an alert says what people noted of its window', () => {
  const data = mailData({ events: [event('2026-11-19', '2026-11-23')] });
  const text = renderText(alertContent(data, data.alertNews, en)).replace(/\s+/g, ' ');
  expect(text).toContain('Noted: promotion “Black week” (19 Nov to 23 Nov).');
});
