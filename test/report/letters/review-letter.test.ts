import { describe, expect, test } from 'vitest';
import type { AlertCommand } from '../../../functions/lake/catalogue/alert.ts';
import { reviewOf, wantsDigest, wantsReview } from '../../../functions/lake/company/readers.ts';
import { en } from '../../../functions/languages/en.ts';
import { fr } from '../../../functions/languages/fr.ts';
import { mailChannel } from '../../../functions/report/channels/mail.ts';
import { planLetters, planReviews } from '../../../functions/report/letters/plan.ts';
import { reviewContent } from '../../../functions/report/letters/review-letter.ts';
import { renderText } from '../../../functions/report/mail/text.ts';
import type { Review } from '../../../functions/report/model/review.ts';
import { readReviews } from '../../../functions/report/model/review.ts';
import { tellDay } from '../../../functions/report/tell-day.ts';
import { AS_OF, companyOf, event, kpis, mailData, RUN, state } from '../fixtures.ts';
import { inbox, platformOf, storedDay } from '../stored-day.ts';

const command = (more: Partial<AlertCommand>): AlertCommand => ({
  ...{
    kind: 'acknowledge',
    rule: 'brand-drop',
    member: 'Alpina',
    at: '2026-11-20T08:00:00Z',
    after: '2026-11-19',
  },
  ...{ until: null, by: 'Anna', note: 'Waiting for the <b>delivery</b>' },
  ...more,
});

/** Abandonment opened on the last day; Alpina's drop opened on the 17th, was acknowledged and is over. */
const review = (more: Partial<Review> = {}): Review => ({
  span: 'weekly',
  from: '2026-11-15',
  day: mailData({ findings: [] }),
  reports: [
    ...['2026-11-17', '2026-11-18', '2026-11-19'].map((asOf) => ({
      ...{ asOf, run: RUN, events: [] },
      states: [
        state({ rule: 'brand-drop', member: 'Alpina', firedOn: '2026-11-17', value: 41200, level: 52300 }),
      ],
    })),
    {
      ...{ asOf: '2026-11-20', run: RUN, states: [state({ firedOn: null, state: 'normal' })] },
      events: [
        event({
          rule: 'brand-drop',
          kpi: 'net_revenue',
          member: 'Alpina',
          dimension: 'brand',
          kind: 'resolved',
          firedOn: '2026-11-17',
        }),
      ],
    },
    { asOf: AS_OF, run: RUN, states: [state()], events: [event()] },
  ],
  commands: [command({})],
  forecasts: [],
  ...more,
});

describe('a week looked back upon', () => {
  test('what changed, what was open, who said what of it', () => {
    const text = renderText(reviewContent(review(), en));
    expect(text).toContain('15 November to 21 November 2026');
    expect(text).toContain('Alerts: 2 opened, 1 back to normal, 1 still open.');
    expect(text).toContain('Open from 17 November to 19 November.');
    expect(text).toContain('Acknowledged by Anna on 20 November. “Waiting for the <b>delivery</b>”');
    expect(text).toContain('Open since 21 November.');
    expect(text).toContain('Nobody acknowledged it.');
    expect(text).toContain('mostly brand Nordwind');
    expect(text.indexOf('81.2%')).toBeLessThan(text.indexOf('Alpina'));
  });

  test('in French, with its own subject', () => {
    const content = reviewContent(review(), fr);
    expect(content.subject).toBe('La semaine en revue\u202f: du 15 novembre au 21 novembre 2026');
    expect(renderText(content)).toContain('Prise en compte par Anna le 20 novembre.');
  });

  test('an acknowledgement of an earlier opening is not one of this', () => {
    const text = renderText(reviewContent(review({ commands: [command({ after: '2026-11-10' })] }), en));
    expect(text).not.toContain('Anna');
  });

  test('a quiet one says so', () => {
    const text = renderText(reviewContent(review({ reports: [], commands: [] }), en));
    expect(text).toContain('No alert was open.');
    expect(text).toContain('None was open.');
  });

  test('forecasts stand against what came, with their range', () => {
    const forecast = {
      kpi: kpis[0] as (typeof kpis)[0],
      on: '2026-11-10',
      foreseen: 700000,
      low: 650000,
      high: 690000,
      now: 691123,
      isOver: true,
    };
    const text = renderText(
      reviewContent(review({ span: 'monthly', from: '2026-11-01', forecasts: [forecast] }), en),
    );
    expect(text).toContain('Month in review: November 2026'.split(': ')[1]);
    expect(text).toMatch(
      /Forecasts against what came[\s\S]*€691,123[\s\S]*On 10 November: €700,000 .*off by 1%.*outside its range/,
    );
    // Totals: who is told of members alone has none of it.
    const members = { roles: ['executive'], members: { region: ['Nord'] } };
    expect(renderText(reviewContent(review({ forecasts: [forecast] }), en, members))).not.toContain(
      '700,000',
    );
  });

  test('who is told of members is told of their alerts and figures alone', () => {
    const text = renderText(
      reviewContent(review(), en, { roles: ['executive'], members: { brand: ['Alpina'] } }),
    );
    expect(text).toContain('Alerts: 1 opened, 1 back to normal, 0 still open.');
    expect(text).not.toContain('81.2%');
    expect(text).not.toContain('691,123');
  });
});

describe('who has it, and when', () => {
  const reader = (more: object) => ({ key: 'k', language: 'en', roles: ['executive'], ...more });
  test('a week ends on Sunday, a month on its last day', () => {
    expect(reviewOf('2026-11-22', 'weekly')).toEqual({ span: 'weekly', from: '2026-11-16' });
    expect(reviewOf('2026-11-21', 'weekly')).toBeNull();
    expect(reviewOf('2028-02-29', 'monthly')).toEqual({ span: 'monthly', from: '2028-02-01' });
    expect(reviewOf('2028-02-28', 'monthly')).toBeNull();
  });
  test('instead of the daily digest, whatever the role; not for who wants none', () => {
    const company = companyOf();
    expect(wantsDigest(company, AS_OF, reader({ summary: 'weekly' }))).toBe(false);
    expect(wantsDigest(company, AS_OF, reader({ summary: 'daily', roles: ['sales'] }))).toBe(true);
    expect(wantsReview(reader({ summary: 'weekly', roles: ['sales'] }), 'weekly')).toBe(true);
    expect(wantsReview(reader({ summary: 'weekly' }), 'monthly')).toBe(false);
    expect(wantsReview(reader({ summary: 'weekly', digest: false }), 'weekly')).toBe(false);
    const readers = [
      reader({ summary: 'weekly' }),
      reader({}),
      reader({ everyAlert: true, summary: 'weekly' }),
    ];
    expect(planReviews(review(), readers).map(({ stem }) => stem)).toEqual([`review.weekly.${AS_OF}.k`]);
    expect(planLetters(mailData({ alerts: null, findings: [] }), readers).map(({ kind }) => kind)).toEqual([
      'digest',
    ]);
  });

  test('once, however often the day is run', async () => {
    const stored = await storedDay();
    const mailer = inbox();
    const platform = platformOf(stored, mailer);
    const tell = () =>
      tellDay(
        platform,
        [
          mailChannel(platform, companyOf(), [
            { email: 'w@example.com', language: 'en', roles: ['sales'], summary: 'weekly' },
          ]),
        ],
        mailData({ alerts: null, findings: [] }),
        { run: RUN, reviews: [review()] },
      );
    expect((await tell()).map(({ kind, status }) => [kind, status])).toEqual([['review', 'sent']]);
    expect((await tell()).map(({ kind, status }) => [kind, status])).toEqual([['review', 'already sent']]);
    expect(mailer.mails).toHaveLength(1);
  });

  test('is read where it ends and somebody wants it: figures of seven days, and of a month on its last day', async () => {
    const weekly = companyOf({
      recipients: [{ email: 'w@example.com', roles: ['executive'], summary: 'weekly' }],
    });
    const stored = await storedDay();
    expect(await readReviews(stored.bucket, { ...stored, company: weekly })).toEqual([]);
    const sunday = { ...stored, company: weekly, asOf: '2026-11-22' };
    const [read, ...others] = await readReviews(stored.bucket, sunday);
    expect(others).toEqual([]);
    expect([read?.span, read?.from, read?.day.asOf]).toEqual(['weekly', '2026-11-16', '2026-11-22']);
    expect(new Set(read?.day.kpis.map(({ period }) => period))).toEqual(new Set(['last_7d']));
    expect(await readReviews(stored.bucket, { ...sunday, company: companyOf() })).toEqual([]);
  });
});
