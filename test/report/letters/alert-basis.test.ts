import { expect, test } from 'vitest';
import { alertRule } from '../../../functions/lake/catalogue/alert-kinds/kinds.ts';
import type { Kpi } from '../../../functions/lake/catalogue/kpi.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { alertContent } from '../../../functions/report/letters/alert-letter.ts';
import { renderText } from '../../../functions/report/mail/text.ts';
import { event, kpis, mailData, rules } from '../fixtures.ts';

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

const ahead = (news: 'opened' | 'ended', value: number) =>
  mailData({
    rules: rules.map((bound) => ({
      ...{ ...bound, kpi: kpis[1] as Kpi, period: 'mtd' as const },
      rule: alertRule.parse({ kind: 'forecast_gap', id: bound.rule.id, kpi: 'orders', below: 0 }),
    })),
    alerts: {
      ...{ asOf: '2026-11-21', run: 'r', states: [] },
      events: [
        event({
          ...{ kind: news, kpi: 'orders', period: 'mtd', value, level: 2600, firedOn: '2026-11-19' },
          ...(news === 'opened' ? { basis: { low: 2310.2, high: 2489.6 } } : {}),
        }),
      ],
    },
  });

test.each([
  [
    en,
    'New · warning · the whole month Orders: 2,400 Set to end below its target of 2,600 since 19 November. Four times in five the end lies between 2,310 and 2,490.',
    'Its window has ended · warning Orders: 2,553 This is what it came to; it was set to end below its target of 2,600, since 19 November.',
  ],
  [
    fr,
    'Nouvelle · avertissement · mois entier Commandes : 2 400 Parti pour finir en dessous de son objectif de 2 600 depuis le 19 novembre. Quatre fois sur cinq, la fin se situe entre 2 310 et 2 490.',
    'Sa période est finie · avertissement Commandes : 2 553 C’est ce qu’il en a été ; l’indicateur était parti pour finir en dessous de son objectif de 2 600, depuis le 19 novembre.',
  ],
])(
  'a window that will miss its target is told with its forecast and range, and at its end with what came',
  (language, opened, ended) => {
    const said = (data: ReturnType<typeof mailData>): string =>
      renderText(alertContent(data, data.alertNews, language)).replace(/[[\]\s]+/g, ' ');
    expect(said(ahead('opened', 2400.4))).toContain(opened);
    expect(said(ahead('ended', 2553))).toContain(ended);
  },
);
