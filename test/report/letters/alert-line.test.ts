import { expect, it } from 'vitest';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { alertItem, alertLine } from '../../../functions/report/letters/alerts.ts';
import { alertSentence } from '../../../functions/report/letters/digest.ts';
import type { AlertOfDay } from '../../../functions/report/model/alerts.ts';
import type { Day } from '../../../functions/report/model/day.ts';
import { companyOf, event, mailData, news } from '../fixtures.ts';

const line = (change: Partial<AlertOfDay>, language = en): string =>
  alertLine(mailData(), { ...news(event({ member: null })), ...change }, language);

it('says the figure and what its rule watches for while it stands', () => {
  expect(line({ kind: 'opened', value: 0.812 })).toBe('Cart abandonment rate 81.2% — above its limit');
  expect(line({ kind: 'open', value: 0.812 })).toBe('Cart abandonment rate 81.2% — above its limit');
  expect(line({ kind: 'resolved', value: 0.7 })).toBe('Cart abandonment rate 70.0% — back to normal');
});

it('of a figure that is not there nobody says that it is above its limit', () => {
  for (const kind of ['no_data', 'open', 'still_firing'] as const)
    expect(line({ kind, value: null })).toBe('Cart abandonment rate — cannot be judged');
  expect(line({ kind: 'open', value: null }, fr)).toBe('Taux d’abandon de panier — impossible à évaluer');
});

it('of a day without trade an alert stands as it was judged last: its figure says of which day, and not why another one moved', () => {
  const company = companyOf({
    company: {
      ...{ name: 'N', time_zone: 'Europe/Paris', currency: 'EUR' },
      closed: { weekdays: ['saturday', 'sunday'] },
    },
  });
  // 21 November is a Saturday.
  const said = (data: Day) => {
    const alert = { ...news(event({ member: null })), kind: 'open', value: 0.812 } as const;
    return [
      alertLine(data, alert, en),
      alertItem(data, alert, fr).figure.replaceAll(/\s/g, ' '),
      alertSentence(data, alert, en) === null,
    ];
  };
  expect(said(mailData({ company }))).toEqual([
    'Cart abandonment rate 81.2% (20 November) — above its limit',
    'Taux d’abandon de panier : 81,2 % (20 novembre)',
    true,
  ]);
  expect(said(mailData())).toEqual([
    'Cart abandonment rate 81.2% — above its limit',
    'Taux d’abandon de panier : 81,2 %',
    false,
  ]);
});
