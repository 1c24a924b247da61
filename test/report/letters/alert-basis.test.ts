import { expect, test } from 'vitest';
import { alertRule } from '../../../functions/lake/catalogue/alert-kinds/kinds.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { alertContent } from '../../../functions/report/letters/alert-letter.ts';
import { renderText } from '../../../functions/report/mail/text.ts';
import { event, mailData, rules } from '../fixtures.ts';

const used = { weekday: true, place: true, special: false, year: false };
const data = mailData({
  rules: rules.map((bound) => ({
    ...bound,
    rule: alertRule.parse({ kind: 'anomaly', id: bound.rule.id, kpi: bound.kpi.id, above: 3 }),
  })),
  alerts: {
    ...{ asOf: '2026-11-21', run: 'r', states: [] },
    events: [event({ basis: { expected: 0.75, days: 118, used } })],
  },
});

test.each([
  [
    en,
    'Usual: 75.0%, judged by the last weeks, the weekday and the place in the month (118 days compared). Up to 80.0% it could be chance. There is no year before',
  ],
  [
    fr,
    'Habituel : 75,0 %, jugé d’après les dernières semaines, le jour de la semaine et la place dans le mois (118 jours comparés). Jusqu’à 80,0 %, ce peut être le hasard. Il n’y a pas d’année d’avant',
  ],
])('an alert on an unusual figure says what is usual, and what it cannot tell apart', (language, said) => {
  const text = renderText(alertContent(data, data.alertNews, language)).replace(/\s+/g, ' ');
  expect(text).toContain(said);
});
