import { expect, it } from 'vitest';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { alertLine } from '../../../functions/report/letters/alerts.ts';
import type { AlertOfDay } from '../../../functions/report/model/alerts.ts';
import { event, mailData, news } from '../fixtures.ts';

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
